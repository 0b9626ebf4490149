// A library of seeded text as large as wanted, kept between runs, and how long the product's own search takes in it.
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LibrarySearch } from '../../main/documents/library/librarySearch.ts'
import { createNodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { openDataFolder } from '../../main/storage/dataFolder.ts'
import type { Statement, Storage } from '../../main/storage/storage.ts'
import { seededRandom } from '../acceptance/seededRandom.ts'

/** How large a library is; its segments have about sixty words. */
export type SearchSize = { readonly documents: number; readonly segmentsEach: number }

/**
 * Milliseconds of one class of query: as a person waits, and as the processor works (all threads), which a busy machine
 * leaves as it is. `hits` of the queries together; a class that finds nothing measures nothing.
 */
export type SearchTimes = {
  readonly name: string
  readonly p50: number
  readonly p95: number
  readonly work50: number
  readonly work95: number
  readonly queries: number
  readonly hits: number
}

/** 10,000 documents and 1,000,000 segments: what the product promises to stay quick with. */
export const promisedSize: SearchSize = { documents: 10_000, segmentsEach: 100 }

const folders = 20
const vocabulary = 60_000
const documentsAtOnce = 20
const root = join(import.meta.dirname, '../..')

/** Opens the library of this size in `.sotto/bench`, building it first where it is missing; close it after use. */
export async function openSearchLibrary(
  size: SearchSize,
  say: (line: string) => void,
): Promise<{ readonly storage: Storage; readonly bytes: number; close(): Promise<void> }> {
  const folder = join(root, '.sotto', 'bench', `search-${size.documents}-${size.segmentsEach}`)
  const built = join(folder, 'built')
  if (!existsSync(built)) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const host = await createNodeHost({ kind: 'cli', dataFolder: folder, mode: 'own', environment: {} })
  const opened = await openDataFolder({ ...host, keyring: undefined }, 'own')
  if (!opened.ok) throw new Error(opened.failure.code)
  const { storage } = opened.value
  if (!existsSync(built)) {
    const started = performance.now()
    await build(storage, size, say)
    await must(storage.all('PRAGMA wal_checkpoint(TRUNCATE)'))
    writeFileSync(built, '')
    say(`built in ${Math.round((performance.now() - started) / 1000)} s`)
  }
  return {
    storage,
    bytes: statSync(join(folder, 'sotto.db')).size,
    close: async () => {
      await opened.value.close()
      await host.close()
    },
  }
}

/** Runs every class of query so many times through the product's search, the classes in turn, so that load hits all alike. */
export async function measureSearch(storage: Storage, rounds: number, seed = 7): Promise<readonly SearchTimes[]> {
  const search = new LibrarySearch(storage)
  const random = seededRandom(seed)
  const classes = queryClasses(random)
  const times = new Map(classes.map(({ name }) => [name, noTimes()]))
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, make } of classes) {
      const { query, ...filters } = make()
      const [started, worked] = [performance.now(), process.cpuUsage()]
      const found = await search.find({ query, limit: 30, cursor: null, ...filters })
      const taken = times.get(name)
      taken?.milliseconds.push(performance.now() - started)
      const work = process.cpuUsage(worked)
      taken?.work.push((work.user + work.system) / 1000)
      if (!found.ok) throw new Error(found.failure.code)
      if (taken !== undefined) taken.hits += found.value.hits.length
    }
  }
  return [...times].map(([name, { milliseconds, work, hits }]) => ({
    name,
    p50: quantile(milliseconds, 0.5),
    p95: quantile(milliseconds, 0.95),
    work50: quantile(work, 0.5),
    work95: quantile(work, 0.95),
    queries: milliseconds.length,
    hits,
  }))
}

function noTimes(): { readonly milliseconds: number[]; readonly work: number[]; hits: number } {
  return { milliseconds: [], work: [], hits: 0 }
}

/** The value below which this part of the values lies. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

type Order = {
  readonly query: string
  readonly folderId?: string
  readonly format?: 'pdf'
  readonly modifiedFrom?: string
}

function queryClasses(random: () => number): readonly { readonly name: string; make(): Order }[] {
  const word = (from: number, to: number) => wordOf(Math.floor(from + random() * (to - from)))
  const common = () => word(0, 10)
  const rare = () => word(20_000, vocabulary)
  const middle = () => word(200, 2_000)
  const folderId = () => `folder-${Math.floor(random() * folders)}`
  return [
    { name: 'rare word', make: () => ({ query: rare() }) },
    { name: 'two words', make: () => ({ query: `${middle()} ${middle()}` }) },
    { name: 'phrase', make: () => ({ query: `"${word(0, 30)} ${word(0, 30)}"` }) },
    { name: 'beginning of two letters', make: () => ({ query: middle().slice(0, 2) }) },
    { name: 'beginning of four letters', make: () => ({ query: middle().slice(0, 4) }) },
    { name: 'beginning of six letters', make: () => ({ query: middle().slice(0, 6) }) },
    { name: 'very common word', make: () => ({ query: common() }) },
    { name: 'two very common words', make: () => ({ query: `${common()} ${common()}` }) },
    { name: 'common and rare', make: () => ({ query: `${common()} ${rare()}` }) },
    { name: 'word of no text', make: () => ({ query: `${rare()}qqq` }) },
    { name: 'common, one folder', make: () => ({ query: common(), folderId: folderId() }) },
    { name: 'two words, one folder', make: () => ({ query: `${middle()} ${middle()}`, folderId: folderId() }) },
    { name: 'common, one format', make: () => ({ query: common(), format: 'pdf' }) },
    { name: 'common, since a day', make: () => ({ query: common(), modifiedFrom: '2026-06-01T00:00:00.000Z' }) },
  ]
}

async function build(storage: Storage, size: SearchSize, say: (line: string) => void): Promise<void> {
  const text = new SeededText(20_261_120)
  const at = '2026-11-20T00:00:00.000Z'
  await must(
    storage.transaction(
      Array.from({ length: folders }, (_, index) => ({
        sql: 'INSERT INTO library_folders (id, path, added_at) VALUES (?, ?, ?)',
        parameters: [`folder-${index}`, `/library/folder ${index}`, at],
      })),
    ),
  )
  for (let first = 0; first < size.documents; first += documentsAtOnce) {
    const statements: Statement[] = []
    const end = Math.min(size.documents, first + documentsAtOnce)
    for (let number = first; number < end; number += 1) statements.push(...documentOf(number, size, text, at))
    await must(storage.transaction(statements))
    if (first % 1_000 === 0) say(`${first} of ${size.documents} documents`)
  }
}

/** Folders one after the other, formats mixed, times spread over two years. */
function documentOf(number: number, size: SearchSize, text: SeededText, at: string): readonly Statement[] {
  const id = `document-${String(number).padStart(6, '0')}-0123456789abcdef`
  const folder = Math.floor((number * folders) / size.documents)
  const path = `/library/folder ${folder}/${number}.txt`
  const format = number % 10 === 0 ? 'pdf' : 'text'
  const modified = Date.parse('2025-01-01T00:00:00Z') + ((number * 7_919) % 700) * 86_400_000
  const segments = Array.from({ length: size.segmentsEach }, (_, position) => ({ position, text: text.segment() }))
  const coverage = JSON.stringify({ unit: 'line', total: 1, read: 1, withoutText: [] })
  return [
    {
      sql: `INSERT INTO library_files (id, folder_id, path, name, bytes, modified_ms, state, added_at)
        VALUES (?, ?, ?, ?, 1, ?, 'reading', ?)`,
      parameters: [`file-${number}`, `folder-${folder}`, path, `${number}.txt`, modified, at],
    },
    {
      sql: `INSERT INTO documents
        (id, sha256, name, path, format, bytes, characters, segments, title, coverage, added_at, opened_at, unopened)
        VALUES (?, ?, ?, ?, ?, 1, 1, -1, NULL, ?, ?, ?, 1)`,
      parameters: [id, String(number).padStart(64, '0'), `${number}.txt`, path, format, coverage, at, at],
    },
    {
      sql: `INSERT INTO segments (document_id, position, text, locator)
        SELECT ?, value ->> 'position', value ->> 'text',
          json_object('kind', 'lines', 'from', (value ->> 'position') + 1, 'to', (value ->> 'position') + 1)
        FROM json_each(?)`,
      parameters: [id, JSON.stringify(segments)],
    },
    { sql: 'UPDATE documents SET segments = ? WHERE id = ?', parameters: [size.segmentsEach, id] },
  ]
}

/** Text whose words are as unevenly common as those of a language: the n-th most common one n times as rare as the first. */
class SeededText {
  readonly #random: () => number
  readonly #sums: Float64Array

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    this.#sums = new Float64Array(vocabulary)
    let sum = 0
    for (let rank = 0; rank < vocabulary; rank += 1) this.#sums[rank] = sum += 1 / (rank + 2.7)
  }

  /** Twenty to a hundred words in sentences. */
  segment(): string {
    const words = 20 + Math.floor(this.#random() * 80)
    const written = Array.from({ length: words }, (_, index) => {
      const word = wordOf(this.#rank())
      const opened = index % 12 === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word
      return index % 12 === 11 ? `${opened}.` : opened
    })
    return written.join(' ')
  }

  #rank(): number {
    const wanted = this.#random() * (this.#sums[vocabulary - 1] ?? 0)
    let [low, high] = [0, vocabulary - 1]
    while (low < high) {
      const between = (low + high) >> 1
      if ((this.#sums[between] ?? 0) < wanted) low = between + 1
      else high = between
    }
    return low
  }
}

const syllables = [
  ...['ba', 'ge', 'ver', 'lo', 'mi', 'ter', 'an', 'sch', 'u', 'ka', 'ren', 'do', 'pli', 'stra', 'en', 'ung'],
  ...['fo', 'ni', 'ta', 'wel', 'gra', 'he', 'ol', 'si', 'mar', 'ke', 'ru', 'bel', 'ti', 'vo', 'zen', 'lich'],
]

/** The word of a rank (0 is the most common): two to four syllables, each rank another word. */
function wordOf(rank: number): string {
  let [rest, word] = [rank + syllables.length, '']
  for (; rest > 0; rest = Math.floor(rest / syllables.length))
    word += syllables[(rest * 7 + word.length) % syllables.length]
  return `${word}${rank.toString(36).slice(-1)}`
}

async function must<T>(asked: Promise<{ ok: true; value: T } | { ok: false; failure: { code: string } }>): Promise<T> {
  const answer = await asked
  if (!answer.ok) throw new Error(answer.failure.code)
  return answer.value
}
