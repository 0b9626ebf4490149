// Passages of the library that may answer a question: those with its rarest words together, a bounded number of them.
import { z } from 'zod'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Storage } from '../../storage/storage.ts'
import { fewRanges, type NumberRange } from '../logic/numberRanges.ts'

// Decisions
// - bm25 over a disjunction reads every row of every word (see librarySearch.ts). So each word is counted up to a limit, and
//   rows are taken by the rarest words: all of them, pairs of the rare ones, then single ones. Whoever asked ranks them.
// - A spelling that may go on is one of at least `OPEN_CHARACTERS`; shorter ones would gather half the index.

/** One way of writing a word, folded as the index folds; `open` may go on. */
export type Spelling = { readonly word: string; readonly open: boolean }

/** What to find: every term with its spellings; null looks in all folders. */
export type FindOrder = { readonly folderId: string | null; readonly terms: readonly (readonly Spelling[])[] }

/** A passage that holds some of the terms. */
export type FoundSegment = {
  readonly documentId: string
  readonly name: string
  readonly title: string | null
  readonly position: number
  readonly text: string
}

/** `counts` says per term in how many passages it stands, up to `countsUpTo`; `segments` and `documents` were searched. */
export type FoundSegments = {
  readonly hits: readonly FoundSegment[]
  readonly counts: readonly number[]
  readonly segments: number
  readonly documents: number
}

/** Counting stops here. */
export const countsUpTo = 2_000
const OPEN_CHARACTERS = 4
const ROWS_ALL = 150
const ROWS_PAIR = 80
const ROWS_ONE = 120
const RARE_TERMS = 5
const RANGES = 24
const STRETCH = 5_000
const LOOKED_AT_CHARACTERS = 8_000

const row = z.object({
  document_id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  position: z.number(),
  text: z.string(),
})

/** The SQL of it. Failures are the storage's own. */
export class PassageFinder {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Candidates in no order of worth. */
  async find({ folderId, terms }: FindOrder): Promise<Result<FoundSegments>> {
    const size = await this.#size(folderId)
    if (!size.ok) return size
    const { segments, documents, ranges } = size.value
    const expressions = terms.map(expressionOf)
    const counts: number[] = []
    for (const expression of expressions) {
      const counted = await this.#count(expression, ranges)
      if (!counted.ok) return counted
      counts.push(counted.value)
    }
    const numbers = await this.#numbers(expressions, counts, ranges)
    if (!numbers.ok) return numbers
    const hits = await this.#rows([...numbers.value], folderId)
    return hits.ok ? ok({ hits: hits.value, counts, segments, documents }) : hits
  }

  async #size(
    folderId: string | null,
  ): Promise<Result<{ segments: number; documents: number; ranges: readonly NumberRange[] }>> {
    const rows = await this.#storage.all<{ first: number; last: number; segments: number; documents: number }>(
      `SELECT min(first_segment) AS first, max(last_segment) AS last, sum(segments) AS segments, count(*) AS documents
       FROM documents AS document WHERE segments > 0 AND ${heldBy(folderId)} GROUP BY first_segment / ${STRETCH}`,
      folderId === null ? [] : [folderId],
    )
    if (!rows.ok) return rows
    return ok({
      segments: rows.value.reduce((sum, each) => sum + each.segments, 0),
      documents: rows.value.reduce((sum, each) => sum + each.documents, 0),
      ranges: fewRanges(rows.value, RANGES),
    })
  }

  async #count(expression: string, ranges: readonly NumberRange[]): Promise<Result<number>> {
    const found = await this.#take(expression, ranges, countsUpTo)
    return found.ok ? ok(found.value.length) : found
  }

  async #numbers(
    expressions: readonly string[],
    counts: readonly number[],
    ranges: readonly NumberRange[],
  ): Promise<Result<ReadonlySet<number>>> {
    const rare = expressions
      .map((expression, at) => ({ expression, count: counts[at] ?? 0 }))
      .filter(({ count }) => count > 0)
      .sort((one, other) => one.count - other.count)
    const some = rare.slice(0, RARE_TERMS)
    const pairs = some.flatMap((one, at) => some.slice(at + 1).map((other) => [one, other]))
    const queries = [
      ...(rare.length > 2 ? [{ members: rare, limit: ROWS_ALL }] : []),
      ...pairs.map((members) => ({ members, limit: ROWS_PAIR })),
      ...some.map((member) => ({ members: [member], limit: ROWS_ONE })),
    ]
    const numbers = new Set<number>()
    for (const { members, limit } of queries) {
      const found = await this.#take(members.map(({ expression }) => `(${expression})`).join(' AND '), ranges, limit)
      if (!found.ok) return found
      for (const number of found.value) numbers.add(number)
    }
    return ok(numbers)
  }

  /** The newest matches inside the ranges. */
  async #take(expression: string, ranges: readonly NumberRange[], limit: number): Promise<Result<readonly number[]>> {
    const numbers: number[] = []
    for (const { first, last } of ranges) {
      if (numbers.length >= limit) break
      const rows = await this.#storage.all<{ number: number }>(
        `SELECT rowid AS number FROM segment_index WHERE segment_index MATCH ?
           AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY rowid DESC LIMIT ?`,
        [expression, first, last, limit - numbers.length],
      )
      if (!rows.ok) return rows
      numbers.push(...rows.value.map(({ number }) => number))
    }
    return ok(numbers)
  }

  async #rows(numbers: readonly number[], folderId: string | null): Promise<Result<readonly FoundSegment[]>> {
    const parameters: SqlValue[] = [LOOKED_AT_CHARACTERS, JSON.stringify(numbers)]
    const rows = await this.#storage.all<unknown>(
      `SELECT segment.document_id, document.name, document.title, segment.position, substr(segment.text, 1, ?) AS text
       FROM json_each(?) AS wanted
       JOIN segments AS segment ON segment.number = wanted.value
       JOIN documents AS document ON document.id = segment.document_id AND document.segments >= 0
       WHERE ${heldBy(folderId)}`,
      folderId === null ? parameters : [...parameters, folderId],
    )
    if (!rows.ok) return rows
    return ok(
      rows.value.map((value) => {
        const { document_id: documentId, ...rest } = row.parse(value)
        return { documentId, ...rest }
      }),
    )
  }
}

/** A condition on `document`: a file of the library holds its text. */
function heldBy(folderId: string | null): string {
  const inFolder = folderId === null ? '' : ' AND file.folder_id = ?'
  return `EXISTS (SELECT 1 FROM library_files AS file WHERE file.document_id = document.id${inFolder})`
}

function expressionOf(spellings: readonly Spelling[]): string {
  const words = spellings.map(({ word, open }) => `"${word}"${open && word.length >= OPEN_CHARACTERS ? ' *' : ''}`)
  // An empty phrase stands nowhere; no phrase at all would be no expression.
  return `text : (${words.length === 0 ? '""' : words.join(' OR ')})`
}
