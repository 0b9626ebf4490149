// What a model wrote, as single statements, cut off where it began to repeat itself.
import { sentenceRanges } from './sentenceBreaks.ts'

const marker = /^\s*(?:[-*+•‣–]\s+|\(?\d{1,3}[.)]\s+|#{1,6}\s+)/

/** Statements of a model's answer in order, list markers and emphasis marks left out; every line ends one. */
export function outputSentences(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.replace(marker, '').replace(/\*\*|__/g, ''))
    .flatMap((line) => sentenceRanges(line).map((range) => line.slice(range.start, range.end).replace(/\s+/g, ' ')))
}

/** True for the one-word answer our prompts ask for when there is nothing to say. */
export function saysNone(text: string): boolean {
  return /^\W*none\W*$/i.test(text)
}

/**
 * Where a text that ends in a loop should be cut: after the first round of a piece of at least 20 characters repeated
 * three times at the end; null when it does not end so. Looks at the last 3,000 characters.
 */
export function loopStart(text: string): number | null {
  const tail = text.slice(-3000)
  for (let period = 20; period * 3 <= tail.length; period += 1) {
    const round = tail.slice(-period)
    if (tail.slice(-2 * period, -period) !== round || tail.slice(-3 * period, -2 * period) !== round) continue
    let start = text.length - 3 * period
    while (start > 0 && text[start - 1] === text[start - 1 + period]) start -= 1
    const end = start + period
    return end + (/^[.!?…"'”’)\]]*/.exec(text.slice(end))?.[0].length ?? 0)
  }
  return null
}

/** The statements without later repeats of an earlier one. */
export function withoutRepeats(statements: readonly string[]): string[] {
  const seen = new Set<string>()
  return statements.filter((statement) => {
    const key = statement
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
