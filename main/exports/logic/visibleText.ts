// Text of documents as it may stand in a file: nothing in it hides, turns other text around or breaks a format.
import type { ChangeSide } from '#contract/comparison.ts'

/** Overrides of direction, invisible marks, tag characters, control characters but tab and line ends, non-characters. */
const tricks =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu

/** The text without characters that only hide or reorder, and without halves of characters. */
export function visibleText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(tricks, '')
}

/** The same text made visible with its marks on the same words: what hides must not push a mark onto other words. */
export function withVisibleMarks<Marked extends Pick<ChangeSide, 'text' | 'marks'>>(side: Marked): Marked {
  const moved = (offset: number): number => visibleText(side.text.slice(0, offset)).length
  const marks = side.marks.map(({ start, end }) => ({ start: moved(start), end: moved(end) }))
  return { ...side, text: visibleText(side.text), marks }
}

/** The same value with every text in it made visible. */
export function withVisibleText<T>(value: T): T {
  return visible(value) as T // as: only the letters inside texts change
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return visibleText(value)
  if (Array.isArray(value)) return value.map(visible)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visible(each)]))
}
