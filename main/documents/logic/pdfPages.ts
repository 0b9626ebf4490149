// One page of a PDF to its assembled text and the segments that stand in it.
import type { Segment } from '#contract/document.ts'
import { cutRanges } from './cutPoint.ts'
import { joinLines, WordMemory } from './hyphenation.ts'
import { SEGMENT_CHARACTERS } from './lineBuffer.ts'
import { blocksOf, type TextBlock } from './pdfBlocks.ts'
import { partColumns } from './pdfColumns.ts'
import { lineText, linesOf, type TextRun } from './pdfText.ts'
import { RunningLines } from './runningLines.ts'

/** The mark of a list item; what kind of block it is says the same. */
const BULLET = /^[•‣▪●◦○■□·–—*-]\s+/u

/** Dots that lead the eye from a title to its page number. */
const LEADERS = /\s*(?:\.\s?){4,}\.\s*/g

/** A page as read: `text` joins its blocks by empty lines, and every segment is a slice of it at its own locator. */
export type PdfPage = { readonly text: string; readonly segments: readonly Segment[] }

/** Assembles pages in order; what earlier pages showed (usual font size, words) helps with later ones. */
export class PdfPages {
  readonly #words = new WordMemory()
  readonly #running = new RunningLines()
  readonly #sizes = new Map<number, number>()
  readonly #titles: ReadonlySet<string>
  #firstHeading: string | null = null

  /** `outline`: the titles the document itself lists, in any order. */
  constructor(outline: readonly string[] = []) {
    this.#titles = new Set(outline.map(plain))
  }

  /** The first heading met, for documents whose metadata names none. */
  get firstHeading(): string | null {
    return this.#firstHeading
  }

  /** `page` counts from 1, `height` is in the runs' units; `label` is what the document prints for it, if that differs. */
  assemble(runs: readonly TextRun[], height: number, page: number, label: string | undefined): PdfPage {
    const groups = byTurn(runs).map((group, index) => {
      const lines = linesOf(group)
      return partColumns(index === 0 && (group[0]?.turns ?? 0) === 0 ? this.#running.without(lines, height) : lines)
    })
    for (const line of groups.flat()) {
      const text = lineText(line, ' ')
      const size = Math.round(line.size * 2) / 2
      this.#sizes.set(size, (this.#sizes.get(size) ?? 0) + text.length)
      this.#words.add(text)
    }
    const place = label === undefined ? { page } : { page, label }
    let text = ''
    const segments: Segment[] = []
    const [bodySize, isListed] = [this.#bodySize(), (title: string) => this.#titles.has(plain(title))]
    for (const block of groups.flatMap((lines) => blocksOf(lines, bodySize, isListed))) {
      const own = this.#blockText(block)
      if (own === '') continue
      if (block.kind === 'heading') this.#firstHeading ??= own
      const offset = text === '' ? 0 : text.length + 2
      text = text === '' ? own : `${text}\n\n${own}`
      segments.push(...segmentsOf(own, offset, block.kind, place))
    }
    return { text, segments }
  }

  #bodySize(): number {
    const [usual] = [...this.#sizes].toSorted((one, other) => other[1] - one[1])
    return usual?.[0] ?? 0
  }

  #blockText(block: TextBlock): string {
    if (block.kind === 'table') return block.lines.map((line) => lineText(line, '\t')).join('\n')
    const texts = block.lines.map((line) => lineText(line, ' ')).filter((text) => text !== '')
    if (texts.length === 0) return ''
    const text = texts.reduce((before, after) => joinLines(before, after, this.#words)).replace(/\u00ad$/, '')
    return text.includes('. . .') || text.includes('.....') ? text.replace(LEADERS, ' … ') : text
  }
}

/** A title as it is compared: letters and figures only, without the number it may be set with. */
function plain(title: string): string {
  const bare = title.normalize('NFKC').toLowerCase()
  return bare
    .replace(/^\W*(?:chapter|kapitel|section|abschnitt|part|teil)?\s*[\divx]+(?:[.:]\d+)*[.:)]?\s+/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
}

/** The runs of each direction of writing: the one most of the page has first. */
function byTurn(runs: readonly TextRun[]): readonly (readonly TextRun[])[] {
  const groups = new Map<number, TextRun[]>()
  for (const run of runs) {
    const group = groups.get(run.turns ?? 0)
    if (group === undefined) groups.set(run.turns ?? 0, [run])
    else group.push(run)
  }
  if (groups.size < 2) return [runs]
  const characters = (group: readonly TextRun[]) => group.reduce((sum, run) => sum + run.text.length, 0)
  return [...groups.values()].toSorted((one, other) => characters(other) - characters(one))
}

function segmentsOf(
  text: string,
  offset: number,
  kind: TextBlock['kind'],
  place: { page: number; label?: string },
): readonly Segment[] {
  return cutRanges(text, SEGMENT_CHARACTERS).flatMap(({ start, end }) => {
    const raw = text.slice(start, end)
    const own = raw.trim().replace(kind === 'list-item' && start === 0 ? BULLET : '', '')
    if (own === '') return []
    const from = offset + start + raw.indexOf(own)
    return [{ text: own, locator: { kind: 'page', ...place, start: from, end: from + own.length } as const, kind }]
  })
}
