// Places, times and coverage in words.
import type { Coverage, Locator } from '#contract/document.ts'
import { assertNever } from '#contract/result.ts'
import type { Translator } from '../node/translator.ts'

/** A place in a document: "p. 3", "lines 12–14". */
export function placeInWords(locator: Locator, { say }: Translator): string {
  switch (locator.kind) {
    case 'page':
      return locator.label === undefined ? say('locator.page', locator) : say('locator.pageWithLabel', locator)
    case 'slide':
      return say(locator.part === 'notes' ? 'locator.slideNotes' : 'locator.slide', locator)
    case 'cells':
      return say('locator.cells', locator)
    case 'section':
      if (locator.path.length === 0) return say('locator.paragraph', locator)
      return say('locator.section', { path: locator.path.join(' › '), paragraph: locator.paragraph })
    case 'lines':
      return say(locator.from === locator.to ? 'locator.line' : 'locator.lines', locator)
    case 'message':
      return say('locator.message', { index: locator.index + 1 })
    default:
      return assertNever(locator)
  }
}

/** Chips for places, each place once: "[p. 3] [p. 5]". */
export function chips(locators: readonly Locator[], translator: Translator): string {
  return [...new Set(locators.map((locator) => `[${placeInWords(locator, translator)}]`))].join(' ')
}

/** A duration as a person would say it: seconds under a minute and a half, then minutes, then hours. */
export function timeInWords(milliseconds: number, { say }: Translator): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000))
  if (seconds < 90) return say('cli.time.second', { count: seconds })
  if (seconds < 5400) return say('cli.time.minute', { count: Math.round(seconds / 60) })
  return say('cli.time.hour', { count: Math.round(seconds / 3600) })
}

/** What was read and what had no text, as sentences. */
export function coverageInWords(coverage: Coverage, { say }: Translator): string {
  const { unit, total, read, withoutText, hidden = [], leftOut = [] } = coverage
  const units = (count: number) => say(`cli.unit.${unit}`, { count })
  const values = { count: total, total, read, unit: units(total) }
  const sentences = [say(read === total ? 'cli.summary.readAll' : 'cli.summary.readSome', values)]
  if (withoutText.length > 0) {
    const list = ranges(withoutText).join(', ')
    sentences.push(say('cli.summary.withoutText', { unit: units(withoutText.length), list }))
  }
  if (hidden.length > 0) {
    sentences.push(say('cli.summary.hidden', { unit: units(hidden.length), list: ranges(hidden).join(', ') }))
  }
  if (leftOut.length > 0) {
    const list = leftOut.map((what) => say(`words.leftOut.${what}`)).join(', ')
    sentences.push(say('cli.summary.leftOut', { list }))
  }
  return sentences.join(' ')
}

/** Ordinals as ranges: 1, 2, 3, 7 → "1–3", "7". */
export function ranges(ordinals: readonly number[]): readonly string[] {
  const found: [number, number][] = []
  for (const ordinal of [...ordinals].sort((a, b) => a - b)) {
    const last = found.at(-1)
    if (last !== undefined && ordinal <= last[1] + 1) last[1] = ordinal
    else found.push([ordinal, ordinal])
  }
  return found.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`))
}
