// Full-text search over all texts: newest matches first, a bounded number of them ranked, whatever the words are.
import { z } from 'zod'
import { documentFormat, locator, segment } from '#contract/document.ts'
import type { Parsed } from '#contract/index.ts'
import { libraryFileState, type LibraryHit } from '#contract/library.ts'
import { ok, type Result } from '#contract/result.ts'
import type { SqlValue, Storage } from '../../storage/storage.ts'
import { cursorOf, fewRanges, placeOf, type NumberRange, type SearchPlace } from '../logic/numberRanges.ts'
import { passageScore, snippetOf } from '../logic/searchRanking.ts'
import { fullTextExpression, matchesIn, searchTerms, type SearchTerm, type TermMatch } from '../logic/searchWords.ts'

// Decisions
// - bm25 reads every row that holds a word before it ranks the first: a common word among a million passages takes most
//   of a second. So the newest matches are taken in index order and ranked by what is in them alone.
// - A filter becomes ranges of segment numbers (a document's segments have consecutive ones, a folder's documents mostly
//   too), because joining every match with its document would read the whole index for a common word.

type Order = Parsed<'library.search'>
type Found = { readonly hits: readonly LibraryHit[]; readonly cursor: string | null }
type Row = z.infer<typeof segmentRow>
type Ranked = { readonly row: Row; readonly matches: readonly TermMatch[]; readonly score: number }

/** Matches ranked at a time. */
const WINDOW = 200
/** Windows looked through for one page when a filter lets few pass. */
const WINDOWS = 8
const RANGES = 48
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
    const expression = fullTextExpression(terms)
    let place = placeOf(order.cursor)
    for (let window = 0; window < WINDOWS; window += 1) {
      const numbers = await this.#numbers(expression, ranges.value, place.below)
      if (!numbers.ok) return numbers
      const ranked = await this.#ranked(numbers.value, terms, allowed)
      if (!ranked.ok) return ranked
      const page = ranked.value.slice(place.skip, place.skip + order.limit)
      const next = nextPlace(place, numbers.value, ranked.value.length, order.limit)
      if (page.length > 0 || next === null) return this.#answer(page, next)
      place = next
    }
    return ok({ hits: [], cursor: cursorOf(place) })
  }

  /** Ranges of segment numbers the filter allows, highest first; one that holds all when there is no filter. */
  async #ranges(allowed: Filter): Promise<Result<readonly NumberRange[]>> {
    if (allowed.isOpen) return ok([{ first: 0, last: Number.MAX_SAFE_INTEGER }])
    const rows = await this.#storage.all<{ first: number; last: number }>(
      `WITH placed AS (
         SELECT first_segment AS first, last_segment AS last, row_number() OVER (ORDER BY first_segment) AS place,
           ${allowed.sql} AS allowed
         FROM documents AS document WHERE first_segment IS NOT NULL AND segments >= 0
       ), islands AS (
         SELECT first, last, place - row_number() OVER (ORDER BY first) AS island FROM placed WHERE allowed
       )
       SELECT min(first) AS first, max(last) AS last FROM islands GROUP BY island`,
      allowed.parameters,
    )
    return rows.ok ? ok(fewRanges(rows.value, RANGES)) : rows
  }

  /** The newest matches below a number. */
  async #numbers(
    expression: string,
    ranges: readonly NumberRange[],
    below: number,
  ): Promise<Result<readonly number[]>> {
    const numbers: number[] = []
    for (const { first, last } of ranges) {
      if (first >= below || numbers.length >= WINDOW) continue
      const rows = await this.#storage.all<{ number: number }>(
        `SELECT rowid AS number FROM segment_index WHERE segment_index MATCH ? AND rowid BETWEEN ? AND ?
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

/** A condition on `documents AS document`; texts no file holds are never found. */
type Filter = { readonly sql: string; readonly parameters: readonly SqlValue[]; readonly isOpen: boolean }

function filterOf({ folderId, format, modifiedFrom, modifiedBefore }: Order): Filter {
  const parts: (readonly [string, SqlValue])[] = []
  if (folderId !== undefined) parts.push(['file.folder_id = ?', folderId])
  if (modifiedFrom !== undefined) parts.push(['file.modified_ms >= ?', Date.parse(modifiedFrom)])
  if (modifiedBefore !== undefined) parts.push(['file.modified_ms < ?', Date.parse(modifiedBefore)])
  const held = ['file.document_id = document.id', ...parts.map(([sql]) => sql)].join(' AND ')
  const sql = `EXISTS (SELECT 1 FROM library_files AS file WHERE ${held})`
  return {
    sql: format === undefined ? sql : `(${sql} AND document.format = ?)`,
    parameters: [...parts.map(([, value]) => value), ...(format === undefined ? [] : [format])],
    isOpen: parts.length === 0 && format === undefined,
  }
}

function nextPlace(
  { below, skip }: SearchPlace,
  numbers: readonly number[],
  ranked: number,
  limit: number,
): SearchPlace | null {
  if (skip + limit < ranked) return { below, skip: skip + limit }
  const lowest = numbers.at(-1)
  return lowest === undefined || numbers.length < WINDOW ? null : { below: lowest, skip: 0 }
}
