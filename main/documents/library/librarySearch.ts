// Full-text search over all texts: newest matches first, a bounded number of them ranked, whatever the words are.
import { z } from 'zod'
import { documentFormat, locator, segment } from '#contract/document.ts'
import type { Parsed } from '#contract/index.ts'
import { libraryFileState, type LibraryHit } from '#contract/library.ts'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Storage } from '../../storage/storage.ts'
import { cursorOf, fewRanges, placeOf, searchStart, type NumberRange, type SearchPlace } from '../logic/numberRanges.ts'
import { passageScore, snippetOf } from '../logic/searchRanking.ts'
import {
  canGoOn,
  fullTextExpression,
  matchesIn,
  searchTerms,
  type SearchTerm,
  type TermMatch,
} from '../logic/searchWords.ts'

// Decisions
// - bm25 reads every row that holds a word before it ranks the first: a common word among a million passages takes most
//   of a second. So the newest matches are taken in index order and ranked by what is in them alone.
// - SQLite puts the rows of all words with one beginning together before it gives the first, unless the beginning is of
//   two to four letters (`prefix` of the index). So whole words are looked for first, and words that go on only when
//   those do not fill the page; a word so common that whole ones alone fill pages is never looked for as a beginning.
// - Numbers are bound as floating-point ones, and the index jumps to whole numbers only: hence the casts.
// - A filter becomes ranges of segment numbers (a document's segments have consecutive ones, a folder's documents mostly
//   too), because joining every match with its document would read the whole index for a common word.

type Order = Parsed<'library.search'>
type Found = { readonly hits: readonly LibraryHit[]; readonly cursor: string | null }
type Row = z.infer<typeof segmentRow>
type Ranked = { readonly row: Row; readonly matches: readonly TermMatch[]; readonly score: number }

/** Matches ranked at a time. */
const WINDOW = 120
/** Windows looked through for one page when a filter lets few pass. */
const WINDOWS = 5
/** A word found so often as it is written is not looked for as a beginning. */
const COMMON = 1_000
const RANGES = 24
/** Ranges of a filter begin and end at documents, gathered in stretches of so many numbers. */
const STRETCH = 5_000
/** Of a passage longer than this the rest is found, but not ranked or shown. */
const LOOKED_AT_CHARACTERS = 8_000
const FILES_OF_A_HIT = 5

const segmentRow = z.object({
  number: z.number(),
  document_id: z.string(),
  position: z.number(),
  text: z.string(),
  locator: z.string(),
  kind: segment.shape.kind.unwrap().nullable(),
  name: z.string(),
  format: documentFormat,
})

const placeRow = z.object({
  id: z.string(),
  folder_id: z.string().nullable(),
  path: z.string(),
  state: libraryFileState,
  document_id: z.string(),
})

/** The SQL of search. Failures are the storage's own. */
export class LibrarySearch {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** A page of hits, best first within each window of the newest matches; see the contract. */
  async find(order: Order): Promise<Result<Found>> {
    const terms = searchTerms(order.query)
    if (terms.length === 0) return ok({ hits: [], cursor: null })
    const allowed = filterOf(order)
    const ranges = await this.#ranges(allowed)
    if (!ranges.ok) return ranges
    const page: Ranked[] = []
    let place: SearchPlace | null = placeOf(order.cursor)
    for (let window = 0; window < WINDOWS && place !== null && page.length < order.limit; window += 1) {
      const expression = await this.#expression(terms, place.phase)
      if (!expression.ok) return expression
      const numbers = await this.#numbers(expression.value, ranges.value, place.below)
      if (!numbers.ok) return numbers
      const ranked = await this.#ranked(numbers.value, terms, allowed)
      if (!ranked.ok) return ranked
      const room = order.limit - page.length
      page.push(...ranked.value.slice(place.skip, place.skip + room))
      place = nextPlace(place, numbers.value, ranked.value.length, room)
    }
    return this.#answer(page, place)
  }

  /** Whole words in the first phase, and what goes on without being whole in the second; null when nothing is left. */
  async #expression(terms: readonly SearchTerm[], phase: number): Promise<Result<string | null>> {
    const whole = fullTextExpression(terms, () => false)
    if (phase === 0) return ok(whole)
    const open = new Set<number>()
    for (const [index, term] of terms.entries()) {
      if (!canGoOn(term)) continue
      const common = await this.#isCommon(term)
      if (!common.ok) return common
      if (!common.value) open.add(index)
    }
    if (open.size === 0) return ok(null)
    return ok(`(${fullTextExpression(terms, (index) => open.has(index))}) NOT (${whole})`)
  }

  async #isCommon(term: SearchTerm): Promise<Result<boolean>> {
    const row = await this.#storage.get<{ n: number }>(
      'SELECT count(*) AS n FROM (SELECT 1 FROM segment_index WHERE segment_index MATCH ? LIMIT ?)',
      [fullTextExpression([term], () => false), COMMON],
    )
    return row.ok ? ok(row.value?.n === COMMON) : row
  }

  /** Ranges of segment numbers the filter allows, highest first; one that holds all when there is no filter. */
  async #ranges(allowed: Filter): Promise<Result<readonly NumberRange[]>> {
    if (allowed.isOpen) return ok([{ first: 0, last: Number.MAX_SAFE_INTEGER }])
    const rows = await this.#storage.all<{ first: number; last: number }>(
      `SELECT min(document.first_segment) AS first, max(document.last_segment) AS last
       FROM ${allowed.from} GROUP BY document.first_segment / ${STRETCH}`,
      allowed.parameters,
    )
    return rows.ok ? ok(fewRanges(rows.value, RANGES)) : rows
  }

  /** The newest matches below a number. */
  async #numbers(
    expression: string | null,
    ranges: readonly NumberRange[],
    below: number,
  ): Promise<Result<readonly number[]>> {
    const numbers: number[] = []
    for (const { first, last } of ranges) {
      if (expression === null || first >= below || numbers.length >= WINDOW) continue
      const rows = await this.#storage.all<{ number: number }>(
        `SELECT rowid AS number FROM segment_index WHERE segment_index MATCH ?
           AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)
         ORDER BY rowid DESC LIMIT ?`,
        [expression, first, Math.min(last, below - 1), WINDOW - numbers.length],
      )
      if (!rows.ok) return rows
      numbers.push(...rows.value.map(({ number }) => number))
    }
    return ok(numbers)
  }

  async #ranked(
    numbers: readonly number[],
    terms: readonly SearchTerm[],
    allowed: Filter,
  ): Promise<Result<readonly Ranked[]>> {
    const rows = await this.#storage.all<unknown>(
      `SELECT segment.number, segment.document_id, segment.position, substr(segment.text, 1, ?) AS text,
         segment.locator, segment.kind, document.name, document.format
       FROM json_each(?) AS wanted
       JOIN segments AS segment ON segment.number = wanted.value
       JOIN documents AS document ON document.id = segment.document_id AND document.segments >= 0
       WHERE ${allowed.sql}`,
      [LOOKED_AT_CHARACTERS, JSON.stringify(numbers), ...allowed.parameters],
    )
    if (!rows.ok) return rows
    const ranked = rows.value.map((value): Ranked => {
      const row = segmentRow.parse(value)
      const matches = matchesIn(row.text, terms)
      return { row, matches, score: passageScore(row.text, row.kind, matches, terms.length) }
    })
    return ok(ranked.sort((one, other) => other.score - one.score || other.row.number - one.row.number))
  }

  async #answer(page: readonly Ranked[], next: SearchPlace | null): Promise<Result<Found>> {
    const ids = [...new Set(page.map(({ row }) => row.document_id))]
    const rows = await this.#storage.all<unknown>(
      `SELECT id, folder_id, path, state, document_id FROM library_files
       WHERE document_id IN (SELECT value FROM json_each(?)) ORDER BY state <> 'ready', number`,
      [JSON.stringify(ids)],
    )
    if (!rows.ok) return rows
    const files = Map.groupBy(
      rows.value.map((value) => placeRow.parse(value)),
      (row) => row.document_id,
    )
    const hits = page.map(({ row, matches }): LibraryHit => {
      const { text, marks } = snippetOf(row.text, matches)
      return {
        documentId: row.document_id,
        name: row.name,
        format: row.format,
        files: (files.get(row.document_id) ?? [])
          .slice(0, FILES_OF_A_HIT)
          .map(({ id, folder_id: folderId, path, state }) => ({ id, folderId, path, state })),
        position: row.position,
        locator: locator.parse(JSON.parse(row.locator)),
        kind: row.kind ?? undefined,
        snippet: { text, marks: [...marks] },
      }
    })
    return ok({ hits, cursor: next === null ? null : cursorOf(next) })
  }
}

/**
 * `sql` is a condition on `documents AS document`, `from` the documents it lets pass; both take `parameters`. Texts no file
 * holds are never found.
 */
type Filter = {
  readonly sql: string
  readonly from: string
  readonly parameters: readonly SqlValue[]
  readonly isOpen: boolean
}

function filterOf({ folderId, format, modifiedFrom, modifiedBefore }: Order): Filter {
  const parts: (readonly [string, SqlValue])[] = []
  if (folderId !== undefined) parts.push(['file.folder_id = ?', folderId])
  if (modifiedFrom !== undefined) parts.push(['file.modified_ms >= ?', Date.parse(modifiedFrom)])
  if (modifiedBefore !== undefined) parts.push(['file.modified_ms < ?', Date.parse(modifiedBefore)])
  if (format !== undefined) parts.push(['document.format = ?', format])
  const held = ['file.document_id = document.id', ...parts.map(([sql]) => sql)].join(' AND ')
  return {
    sql: `EXISTS (SELECT 1 FROM library_files AS file WHERE ${held})`,
    from: `library_files AS file JOIN documents AS document ON ${held} AND document.segments > 0`,
    parameters: parts.map(([, value]) => value),
    isOpen: parts.length === 0,
  }
}

/** On in the same window, in the next one, in the next phase, or nowhere. */
function nextPlace(
  { phase, below, skip }: SearchPlace,
  numbers: readonly number[],
  ranked: number,
  taken: number,
): SearchPlace | null {
  if (skip + taken < ranked) return { phase, below, skip: skip + taken }
  const lowest = numbers.at(-1)
  if (lowest !== undefined && numbers.length === WINDOW) return { phase, below: lowest, skip: 0 }
  return phase === 0 ? { ...searchStart, phase: 1 } : null
}
