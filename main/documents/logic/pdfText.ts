// The pieces a PDF page gives (runs of text with their places) and the lines they form.

/** A run of text on a page, in page units with y growing downwards from the top; `y` is the baseline. */
export type TextRun = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly rightToLeft: boolean
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

/** Groups runs, in the order the page draws them, into lines. Runs without any visible character are only spaces. */
export function linesOf(runs: readonly TextRun[]): readonly TextLine[] {
  const lines: TextLine[] = []
  let open: TextRun[] = []
  for (const run of runs) {
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
  const ordered = rightToLeft ? runs.toSorted((one, other) => other.x - one.x) : runs
  const main = visible.reduce((one, other) => (other.text.length > one.text.length ? other : one))
  lines.push({
    cells: cellsOf(ordered),
    left: Math.min(...visible.map((run) => run.x)),
    right: Math.max(...visible.map((run) => run.x + run.width)),
    y: main.y,
    size: main.size,
  })
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

/** One space for any white space, ligatures as letters, no control characters; a soft hyphen stays only at the end. */
function cleaned(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/\u00ad(?!\s*$)|[\p{Cc}\u200b\ufeff]/gu, '')
    .toWellFormed()
    .trim()
}
