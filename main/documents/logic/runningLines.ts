// Finds the running heads and feet of a paged document, so that they are read once and not again on every page.
import { lineText, type TextLine } from './pdfText.ts'

/** Only lines this near to a page's upper or lower edge, as a share of its height, can be running ones. */
const EDGE = 0.1
/** A running head or foot has so many lines at most. */
const LINES_PER_EDGE = 3
/** Running lines stand this many font sizes or more from the body. */
const APART = 1.6
/** Heads of left and right pages differ, so a line is compared with two pages back as well. */
const PAGES_BACK = 2

/** What a page's number alone looks like, with what is commonly set around it. */
const PAGE_NUMBER =
  /^(?:(?:page|seite|pagina|página|p\.|s\.)\s*)?[-–—|([]?\s*(?:\d{1,5}|[ivxlc]{1,7})\s*[-–—|)\]]?(?:\s*(?:of|von|de|di|sur|\/)\s*\d{1,5})?$/iu

type Candidate = {
  readonly y: number
  readonly text: string
  readonly skeleton: string
  readonly numbers: readonly number[]
}

/**
 * Takes pages in order. A line is running when it stood at the same height on one of the two pages before, or is nothing
 * but the page's number.
 */
export class RunningLines {
  readonly #pages: (readonly Candidate[])[] = []

  /**
   * The lines of the next page without those that repeat an earlier page's: same height, same words, and numbers that
   * are the same or have grown by as many as the pages between.
   */
  without(lines: readonly TextLine[], height: number): readonly TextLine[] {
    const edges = [
      ...outermost(lines, (line) => line.y < EDGE * height, 1),
      ...outermost(lines, (line) => line.y > (1 - EDGE) * height, -1),
    ]
    const candidates = new Map(edges.map((line) => [line, candidateOf(line)]))
    const kept = lines.filter((line) => {
      const candidate = candidates.get(line)
      return candidate === undefined || !(PAGE_NUMBER.test(candidate.text) || this.#repeats(candidate))
    })
    this.#pages.unshift([...candidates.values()])
    this.#pages.length = Math.min(this.#pages.length, PAGES_BACK)
    return kept
  }

  #repeats(candidate: Candidate): boolean {
    return this.#pages.some((page, index) => page.some((earlier) => isContinued(earlier, candidate, index + 1)))
  }
}

/** The lines at one edge, if they stand apart from what follows towards the middle; body text runs on and does not. */
function outermost(
  lines: readonly TextLine[],
  isAtEdge: (line: TextLine) => boolean,
  order: 1 | -1,
): readonly TextLine[] {
  const inwards = lines.toSorted((one, other) => order * (one.y - other.y))
  for (let count = 1; count <= Math.min(LINES_PER_EDGE, inwards.length); count += 1) {
    const [last, next] = [inwards[count - 1], inwards[count]]
    if (last === undefined || !isAtEdge(last)) return []
    if (next === undefined || Math.abs(next.y - last.y) > APART * Math.max(last.size, next.size))
      return inwards.slice(0, count)
  }
  return []
}

function candidateOf(line: TextLine): Candidate {
  const text = lineText(line, ' ')
  return { y: line.y, text, skeleton: text.replace(/\d+/g, '#'), numbers: (text.match(/\d+/g) ?? []).map(Number) }
}

function isContinued(earlier: Candidate, later: Candidate, pages: number): boolean {
  if (Math.abs(earlier.y - later.y) > 2 || earlier.skeleton !== later.skeleton) return false
  return later.numbers.every(
    (number, index) => number === earlier.numbers[index] || number - (earlier.numbers[index] ?? number) === pages,
  )
}
