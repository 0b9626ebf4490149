// The pieces a PDF page gives (runs of text with their places) and the lines they form.
import { uprightSigns } from './verticalSigns.ts'

/** A run of text on a page, in page units with y growing downwards from the top; `y` is the baseline. */
export type TextRun = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly rightToLeft: boolean
  /**
   * Quarter turns of the text against the upright page, clockwise; 0 when left out. `x` and `y` are then those of the page
   * turned so that this text stands upright.
   */
  readonly turns?: 0 | 1 | 2 | 3
}

/** Runs on one baseline. A `cell` ends where a gap too wide for a space begins; most lines have one. */
export type TextLine = {
  readonly cells: readonly { readonly text: string; readonly left: number; readonly right: number }[]
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
}

/** A gap of this many font sizes is a column border, not a space. */
const CELL_GAP = 1.6
/** A gap of this many font sizes between runs is a space. */
const SPACE_GAP = 0.15

/**
 * Groups runs, in the order the page draws them, into lines. Runs without any visible character are only spaces; what is
 * drawn twice on one spot, as some programs do for bold type, is taken once.
 */
export function linesOf(runs: readonly TextRun[]): readonly TextLine[] {
  const lines: TextLine[] = []
  const drawn = new Map<string, TextRun>()
  let open: TextRun[] = []
  for (const run of runs) {
    if (run.text.length > 1 && isOnSpot(drawn.get(run.text), run)) continue
    drawn.set(run.text, run)
    const last = open.at(-1)
    if (last !== undefined && !isSameLine(last, run)) {
      pushLine(lines, open)
      open = []
    }
    open.push(run)
  }
  pushLine(lines, open)
  return lines
}

/** The text of a line, its cells parted by tabs in a table and by spaces elsewhere. */
export function lineText(line: TextLine, separator: '\t' | ' '): string {
  return line.cells.map((cell) => cell.text).join(separator)
}

function isOnSpot(earlier: TextRun | undefined, run: TextRun): boolean {
  if (earlier === undefined || run.text.trim() === '') return false
  const near = 0.12 * run.size
  return Math.abs(earlier.x - run.x) < near && Math.abs(earlier.y - run.y) < near
}

function isSameLine(last: TextRun, run: TextRun): boolean {
  const size = Math.max(last.size, run.size)
  const raised = Math.abs(last.y - run.y)
  if (raised > 0.6 * size || (raised > 0.1 * size && run.size === last.size)) return false
  if (run.rightToLeft || last.rightToLeft) return true
  // Going back to the left on the same height is another column, or text drawn twice.
  return run.x >= last.x - 0.5 * size
}

function pushLine(lines: TextLine[], runs: readonly TextRun[]): void {
  const visible = runs.filter((run) => run.text.trim() !== '')
  if (visible.length === 0) return
  const rightToLeft = visible.filter((run) => run.rightToLeft).length * 2 > visible.length
  const ordered = rightToLeft ? fromTheRight(runs) : runs
  const main = visible.reduce((one, other) => (other.text.length > one.text.length ? other : one))
  lines.push({
    cells: cellsOf(ordered),
    left: Math.min(...visible.map((run) => run.x)),
    right: Math.max(...visible.map((run) => run.x + run.width)),
    y: main.y,
    size: main.size,
  })
}

/** Runs from right to left; what runs left to right among them, such as a name of several words, keeps its own order. */
function fromTheRight(runs: readonly TextRun[]): readonly TextRun[] {
  const sorted = runs.toSorted((one, other) => other.x - one.x)
  const ordered: TextRun[] = []
  let inner: TextRun[] = []
  for (const run of sorted) {
    if (!run.rightToLeft && /[\p{L}\p{N}]/u.test(run.text)) {
      inner.unshift(run)
    } else if (run.text.trim() === '' && inner.length > 0) {
      inner.unshift(run)
    } else {
      ordered.push(...inner, run)
      inner = []
    }
  }
  return [...ordered, ...inner]
}

function cellsOf(runs: readonly TextRun[]): TextLine['cells'] {
  const cells: { text: string; left: number; right: number }[] = []
  let spaceBefore = false
  for (const run of runs) {
    if (run.text.trim() === '') {
      spaceBefore = true
      continue
    }
    const cell = cells.at(-1)
    const right = run.x + run.width
    const gap = cell === undefined ? 0 : Math.max(run.x - cell.right, cell.left - right)
    if (cell === undefined || gap > CELL_GAP * run.size) {
      cells.push({ text: run.text, left: run.x, right })
    } else {
      const space = spaceBefore || gap > SPACE_GAP * run.size
      cell.text = join(cell.text, run.text, space)
      cell.left = Math.min(cell.left, run.x)
      cell.right = Math.max(cell.right, right)
    }
    spaceBefore = false
  }
  return cells.map((cell) => ({ ...cell, text: cleaned(cell.text) }))
}

function join(before: string, after: string, space: boolean): string {
  return space && !/\s$/.test(before) && !/^\s/.test(after) ? `${before} ${after}` : before + after
}

/** One space for any white space, ligatures as letters, vertical signs upright, no control characters; a soft hyphen stays only at the end. */
function cleaned(text: string): string {
  return uprightSigns(text)
    .replace(/\s+/g, ' ')
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/\u00ad(?!\s*$)|[\p{Cc}\u200b\ufeff]/gu, '')
    .toWellFormed()
    .trim()
}
