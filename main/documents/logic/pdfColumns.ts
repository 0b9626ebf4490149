// Parts lines that were drawn straight across two columns, so that each column can be read for itself.
import type { TextLine } from './pdfText.ts'

/** So many lines in a row with the same gutter make columns; fewer may be a table. */
const LEAST_LINES = 5
/** Columns of running text have so many characters a line on average; columns of a table have fewer. */
const LEAST_CHARACTERS = 22

/** The lines with those drawn across a gutter cut at it: first what stands left of it, then what stands right. */
export function partColumns(lines: readonly TextLine[]): readonly TextLine[] {
  const parted: TextLine[] = []
  for (let at = 0; at < lines.length;) {
    const end = columnsEnd(lines, at)
    const run = lines.slice(at, end)
    if (run.length >= LEAST_LINES && isProse(run)) {
      parted.push(...run.map((line) => side(line, 0)), ...run.map((line) => side(line, 1)))
      at = end
    } else {
      parted.push(...lines.slice(at, at + 1))
      at += 1
    }
  }
  return parted
}

/** Where the run of two-cell lines with a common gutter that begins at `start` ends. */
function columnsEnd(lines: readonly TextLine[], start: number): number {
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  let end = start
  for (; end < lines.length; end += 1) {
    const [left, right] = lines[end]?.cells ?? []
    if (left === undefined || right === undefined || lines[end]?.cells.length !== 2) break
    const [nextFrom, nextTo] = [Math.max(from, left.right), Math.min(to, right.left)]
    if (nextFrom >= nextTo) break
    ;[from, to] = [nextFrom, nextTo]
  }
  return end
}

function isProse(lines: readonly TextLine[]): boolean {
  return [0, 1].every((index) => {
    const characters = lines.reduce((sum, line) => sum + (line.cells[index]?.text.length ?? 0), 0)
    return characters / lines.length >= LEAST_CHARACTERS
  })
}

function side(line: TextLine, index: number): TextLine {
  const cell = line.cells[index]
  return cell === undefined ? line : { ...line, cells: [cell], left: cell.left, right: cell.right }
}
