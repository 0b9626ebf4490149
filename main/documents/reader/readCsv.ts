// Reads tables in plain text (CSV, TSV) row by row, in memory that does not grow with the file.
import { parse, type Parser } from 'csv-parse'
import path from 'node:path'
import type { Coverage } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { CellRows } from '../logic/csv/cellRows.ts'
import { delimiterOf, hasHeader, rowsOf, type Delimiter } from '../logic/csv/csvDialect.ts'
import { LONGEST_ROW, RowCount } from '../logic/csv/rowCount.ts'
import type { DocumentSource, FormatReader, ReadContext, Reading, ReadingEnd, TextFacts } from './formatReader.ts'
import { createDecoder } from './textDecoding.ts'

const SLICE_BYTES = 262_144
const OPENING_CHARACTERS = 65_536

/**
 * A reader for tables in plain text. Rows beyond the limit for texts are counted and not read, and `leftOut` says so.
 * Failures: `file-empty`, or the source's.
 */
export function csvReader(facts: TextFacts): FormatReader {
  return (source, context) => readCsv(source, context, facts)
}

async function* readCsv(
  source: DocumentSource,
  { name, limits }: ReadContext,
  facts: TextFacts,
): AsyncGenerator<Reading, Result<ReadingEnd>, void> {
  const opening = (await firstText(source, facts.encoding)).slice(0, OPENING_CHARACTERS)
  const { delimiter } = delimiterOf(opening)
  const { rows: total, quotes } = yield* counted(source, facts.encoding, delimiter)
  const header = hasHeader(rowsOf(opening, delimiter).slice(0, 20))
  const rows = new CellRows(path.basename(name, path.extname(name)))
  const table = new Table(delimiter, quotes)
  let [characters, found] = [0, 0]
  for await (const text of textOf(source, facts.encoding)) {
    const segments = table.write(text).flatMap((cells) => rows.push(cells, header && rows.rows === 0))
    characters += text.length
    found += segments.length
    yield { type: 'segments', segments: [...segments] }
    yield { type: 'progress', unit: 'row', read: rows.rows, total: Math.max(total, rows.rows), withoutText: [] }
    if (characters > limits.textBytes) break
  }
  if (source.failure !== null) return { ok: false, failure: source.failure }
  const isWhole = characters <= limits.textBytes
  const last = isWhole ? table.finish().flatMap((cells) => rows.push(cells, header && rows.rows === 0)) : []
  const segments = [...last, ...rows.finish()]
  if (found + segments.length === 0) return fail('file-empty', { name })
  yield { type: 'segments', segments }
  const read = rows.rows
  const coverage: Coverage = { unit: 'row', total: isWhole ? read : Math.max(total, read), read, withoutText: [] }
  return ok({ title: null, coverage: isWhole ? coverage : { ...coverage, leftOut: ['rest'] } })
}

/** A pass over the whole text that only counts. */
async function* counted(
  source: DocumentSource,
  encoding: string,
  delimiter: Delimiter,
): AsyncGenerator<Reading, ReturnType<RowCount['finish']>, void> {
  const count = new RowCount(delimiter)
  for await (const text of textOf(source, encoding)) {
    count.push(text)
    yield { type: 'progress', unit: 'row', read: 0, total: 0, withoutText: [] }
  }
  return count.finish()
}

async function firstText(source: DocumentSource, encoding: string): Promise<string> {
  return createDecoder(encoding).push(await source.read(0, Math.min(SLICE_BYTES, source.size)))
}

async function* textOf(source: DocumentSource, encoding: string): AsyncGenerator<string, void, void> {
  const decoder = createDecoder(encoding)
  for (let offset = 0; offset < source.size && source.failure === null; offset += SLICE_BYTES) {
    yield decoder.push(await source.read(offset, Math.min(SLICE_BYTES, source.size - offset)))
  }
  yield decoder.finish()
}

/** The parser, driven without its stream's own timing: what is written is parsed at once. */
class Table {
  readonly #parser: Parser

  constructor(delimiter: Delimiter, quotes: boolean) {
    this.#parser = parse({
      delimiter,
      quote: quotes ? '"' : null,
      relax_quotes: true,
      relax_column_count: true,
      max_record_size: 4 * LONGEST_ROW,
    })
    // A row it cannot take ends the table there; what was read stands.
    this.#parser.on('error', () => undefined)
  }

  write(text: string): readonly (readonly string[])[] {
    if (text !== '' && this.#parser.writable) this.#parser.write(text)
    return this.#taken()
  }

  finish(): readonly (readonly string[])[] {
    if (this.#parser.writable) this.#parser.end()
    return this.#taken()
  }

  #taken(): readonly (readonly string[])[] {
    const rows: string[][] = []
    for (;;) {
      const row: unknown = this.#parser.read()
      if (row === null) return rows
      rows.push(row as string[]) // as: without `columns` or `cast` a record is its cells
    }
  }
}
