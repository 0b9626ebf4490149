// How a table in plain text is written: what parts its columns, whether quotes are quotes, whether a header comes first.

/** What parts the columns. */
export type Delimiter = ',' | ';' | '\t' | '|'

const DELIMITERS: readonly Delimiter[] = ['\t', ';', ',', '|']
const SAMPLE_ROWS = 100

/** How a sample of lines falls into columns: the most usual number of them, and the share of rows that have it. */
export type Columns = { readonly delimiter: Delimiter; readonly columns: number; readonly share: number }

/** The delimiter that cuts the opening of a table most evenly; a comma when there is only one column. */
export function delimiterOf(opening: string): Columns {
  let best: Columns = { delimiter: ',', columns: 1, share: 1 }
  for (const delimiter of DELIMITERS) {
    const found = columnsBy(opening, delimiter)
    if (found.columns < 2) continue
    if (best.columns === 1 || found.share > best.share + 0.05) best = found
  }
  return best
}

/** Whether a text without a telling name is a table all the same: at least five rows, all cut alike into three columns. */
export function looksLikeTable(opening: string): boolean {
  const { delimiter, columns, share } = delimiterOf(opening)
  const rows = rowsOf(opening, delimiter).slice(0, SAMPLE_ROWS)
  const cells = rows.flat()
  const characters = cells.reduce((sum, cell) => sum + cell.length, 0)
  return rows.length >= 5 && columns >= 3 && share === 1 && characters / cells.length <= 40
}

/** Whether a file name says that it is a table in plain text. */
export function isTableName(name: string): boolean {
  return /\.(?:csv|tsv|tab|psv)$/i.test(name)
}

/** Whether the first of some rows names the columns: all of its cells are different words, and some below are figures. */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first = [], ...others] = rows
  const names = first.map((cell) => cell.trim().toLowerCase())
  if (others.length === 0 || names.some((name) => name === '' || isFigure(name))) return false
  if (new Set(names).size !== names.length) return false
  return names.some((name, column) => {
    const below = others.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '')
    if (below.length === 0) return false
    const figures = below.filter(isFigure).length
    return figures * 2 > below.length || below.every((cell) => cell.length > 2 * name.length + 8)
  })
}

/** The cells of a sample's whole rows; its last line may be cut and is left out unless it is the only one. */
export function rowsOf(opening: string, delimiter: Delimiter): readonly (readonly string[])[] {
  const rows: string[][] = [['']]
  let quoted = false
  let fresh = true
  for (const sign of opening) {
    const row = rows.at(-1) ?? []
    if (sign === '"' && (quoted || fresh)) {
      quoted = !quoted
      fresh = false
    } else if (!quoted && sign === delimiter) {
      row.push('')
      fresh = true
    } else if (!quoted && (sign === '\n' || sign === '\r')) {
      if (row.length > 1 || row[0] !== '') rows.push([''])
      fresh = true
    } else {
      row[row.length - 1] += sign
      fresh = false
    }
  }
  return rows.length > 1 ? rows.slice(0, -1) : rows
}

function columnsBy(opening: string, delimiter: Delimiter): Columns {
  const rows = rowsOf(opening, delimiter).slice(0, SAMPLE_ROWS)
  const counts = new Map<number, number>()
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [columns, times] = [...counts].toSorted((one, other) => other[1] - one[1] || other[0] - one[0])[0] ?? [1, 0]
  return { delimiter, columns, share: rows.length === 0 ? 0 : times / rows.length }
}

function isFigure(cell: string): boolean {
  return /\d/.test(cell) && /^[-+(]?[\p{Sc}\s]*[\d.,:/\s'’T+Z-]+(?:e[-+]?\d+)?\s?[%\p{Sc})]?$/iu.test(cell)
}
