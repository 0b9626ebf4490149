// Marks that are not met and said to be so: read from docs/performance.md and held against what was just measured.
import type { Figure } from '../bar.ts'
import { between, figureLine, markText } from './report.ts'
import { passes } from './statistics.ts'

/** One line of the table: the figure by its name, the mark in signs, what was measured, why, and what to try next. */
export type Stated = {
  readonly bar: string
  readonly figure: string
  readonly goal: string
  readonly measured: number
  readonly why: string
  readonly nextIdea: string
}

/** Whether a promise holds or its failing is honestly stated, and a line that says which. */
export type Judgement = { readonly holds: boolean; readonly line: string }

/** How far what is stated may lie from what is measured. */
const tolerance = 0.15

/** The table between the markers `bench:not-met`; throws on a line that is not of its shape. */
export function parseStated(page: string): readonly Stated[] {
  const lines = between(page, 'not-met').split('\n')
  const rows = lines.filter((line) => line.startsWith('|')).slice(2)
  return rows.map((row) => {
    const [bar, figure, goal, measured, why, nextIdea, ...more] = row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (bar === undefined || figure === undefined || goal === undefined) throw new Error(`no such line: ${row}`)
    if (why === undefined || nextIdea === undefined || more.length > 0) throw new Error(`no such line: ${row}`)
    if (why === '' || nextIdea === '' || !(Number(measured) > 0)) throw new Error(`something is missing: ${row}`)
    return { bar, figure, goal, measured: Number(measured), why, nextIdea }
  })
}

/**
 * A mark that is met holds unless it is still stated as not met. One that is not met holds only when it is stated, and
 * within 15 % of what was measured now. A figure without a mark holds.
 */
export function judge(figure: Figure, stated: readonly Stated[]): Judgement {
  const line = figureLine(figure)
  const entry = stated.find((each) => each.figure === figure.name && each.goal === markText(figure))
  if (passes(figure)) {
    return entry === undefined
      ? { holds: true, line }
      : { holds: false, line: `${line}; OUTDATED: docs/performance.md still states it as not met` }
  }
  if (entry === undefined) return { holds: false, line: `NOT MET, and nowhere stated: ${line}` }
  if (!(Math.abs(entry.measured / figure.value - 1) <= tolerance)) {
    return { holds: false, line: `NOT MET, stated as ${entry.measured}, which is over 15 % off: ${line}` }
  }
  const reason = `Why: ${entry.why} Next idea: ${entry.nextIdea}`
  return { holds: true, line: `NOT MET, stated with reason: ${line}; stated: ${entry.measured}. ${reason}` }
}
