// PowerPoint's lists: what each paragraph says about its sign or number, and the number it has come to.
import { bulletAt } from '../listMarks.ts'
import { writeNumber, type NumberStyle } from './listNumbers.ts'
import type { Attributes } from './xmlValues.ts'

/** A number: `before` and `after` stand around it. */
type Numbered = {
  readonly style: NumberStyle
  readonly before: string
  readonly after: string
  readonly start: number
}
/** How a paragraph is labelled. */
export type PptxLabel = 'none' | 'bullet' | Numbered

/** Deepest level PowerPoint knows. */
const LAST_LEVEL = 8
const STYLES: readonly (readonly [RegExp, NumberStyle])[] = [
  [/^alphaLc/, 'lowerLetter'],
  [/^alphaUc/, 'upperLetter'],
  [/^romanLc/, 'lowerRoman'],
  [/^romanUc/, 'upperRoman'],
]

/** Counts the numbered paragraphs of one shape. */
export class PptxLists {
  #counts: ({ readonly key: string; readonly number: number } | undefined)[] = []

  /** Begins a shape. */
  begin(): void {
    this.#counts = []
  }

  /** The label of the next paragraph with text; '' for none. `level` counts from 0. */
  label(level: number, label: PptxLabel): string {
    if (typeof label === 'string') {
      this.#counts.length = Math.min(this.#counts.length, level)
      return label === 'none' ? '' : bulletAt(level + 1)
    }
    const { style, before, after, start } = label
    const key = `${style} ${before} ${after} ${start}`
    const last = this.#counts[level]
    const number = last?.key === key ? last.number + 1 : start
    this.#counts.length = Math.min(this.#counts.length, level)
    this.#counts[level] = { key, number }
    return `${before}${writeNumber(number, style)}${after}`
  }
}

/** What an element of a paragraph's properties says: `a:buNone`, `a:buAutoNum`, or one of the signs. */
export function labelOf(name: string, { type = '', startAt }: Attributes): PptxLabel {
  if (name !== 'a:buAutoNum') return name === 'a:buNone' ? 'none' : 'bullet'
  const style = STYLES.find(([pattern]) => pattern.test(type))?.[1] ?? 'decimal'
  const start = Number(startAt ?? 1)
  return {
    style,
    before: type.endsWith('ParenBoth') ? '(' : '',
    after: /Paren(?:R|Both)$/.test(type) ? ')' : type.endsWith('Plain') ? '' : '.',
    start: Number.isInteger(start) && start > 0 ? start : 1,
  }
}

/** A paragraph's level, from 0. */
export function levelOf(value: string | undefined): number {
  const level = Number(value ?? 0)
  return Number.isInteger(level) && level > 0 ? Math.min(level, LAST_LEVEL) : 0
}
