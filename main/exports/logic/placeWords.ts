// Places, coverage and dates in words, the same words as on the chips.
import type { Coverage, Locator } from '#contract/document.ts'

/** Says a sentence of the locale files; `count` picks the plural. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** A place: `p. 3`, `lines 12–14`, `Payment ¶ 12`. */
export function placeInWords(locator: Locator, say: Say): string {
  switch (locator.kind) {
    case 'page':
      return say('export.place.page', { page: locator.label ?? locator.page })
    case 'lines':
      return locator.from === locator.to
        ? say('export.place.line', { line: locator.from })
        : say('export.place.lines', { from: locator.from, to: locator.to })
    case 'slide':
      return say('export.place.slide', { slide: locator.slide })
    case 'cells':
      return say('export.place.cells', { sheet: locator.sheet, range: locator.range })
    case 'section':
      return locator.path.length === 0
        ? say('export.place.paragraph', { paragraph: locator.paragraph })
        : say('export.place.section', { section: locator.path.at(-1) ?? '', paragraph: locator.paragraph })
    case 'message':
      return say('export.place.message', { message: locator.index + 1 })
  }
}

/** Several places, each once, with commas. */
export function placesInWords(locators: readonly Locator[], say: Say): string {
  return [...new Set(locators.map((locator) => placeInWords(locator, say)))].join(', ')
}

/** What was read and what had no text, in whole sentences with numbers. */
export function coverageInWords(coverage: Coverage, say: Say): string {
  const { unit, total, read, withoutText, hidden = [], leftOut = [] } = coverage
  const units = (count: number): string => say(`cli.unit.${unit}`, { count })
  const sentences = [
    say(read === total ? 'cli.summary.readAll' : 'cli.summary.readSome', {
      count: total,
      total,
      read,
      unit: units(total),
    }),
  ]
  if (withoutText.length > 0) {
    sentences.push(say('cli.summary.withoutText', { unit: units(withoutText.length), list: ranges(withoutText) }))
  }
  if (hidden.length > 0) {
    sentences.push(say('cli.summary.hidden', { unit: units(hidden.length), list: ranges(hidden) }))
  }
  if (leftOut.length > 0) {
    sentences.push(say('cli.summary.leftOut', { list: leftOut.map((what) => say(`words.leftOut.${what}`)).join(', ') }))
  }
  return sentences.join(' ')
}

/** Ordinals as ranges: 1, 2, 3, 7 → "1–3, 7". */
function ranges(ordinals: readonly number[]): string {
  const found: [number, number][] = []
  for (const ordinal of [...ordinals].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last !== undefined && ordinal <= last[1] + 1) last[1] = ordinal
    else found.push([ordinal, ordinal])
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}
