// Figures as tables: one for a terminal, one for docs/performance.md.
import type { BarResult, BenchReport, Figure } from '../bar.ts'
import { passes } from './statistics.ts'

/** A value with its unit, to three digits or, from a hundred on, to none after the point. */
export function valueText(value: number, unit: Figure['unit']): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2
  const number = Math.abs(value) < 0.1 && value !== 0 ? value.toFixed(3) : value.toFixed(digits)
  return unit === 'ratio' || unit === 'count' ? number : `${number} ${unit}`
}

/** A pass mark in signs; empty without one. */
export function markText({ mark, unit }: Pick<Figure, 'mark' | 'unit'>): string {
  if (mark === undefined) return ''
  return `${mark.kind === 'at-least' ? '≥' : '≤'} ${valueText(mark.value, unit)}`
}

/** One line for a terminal. */
export function figureLine(figure: Figure): string {
  const { name, unit, value, least, greatest, rounds } = figure
  const spread = rounds > 1 ? ` (${valueText(least, unit)} to ${valueText(greatest, unit)}, ${rounds} rounds)` : ''
  const verdict = figure.mark === undefined ? '' : `  ${markText(figure)} ${passes(figure) ? 'met' : 'MISSED'}`
  return `${name}: ${valueText(value, unit)}${spread}${verdict}`
}

/** Every figure of every bar as a Markdown table, the machine above it. */
export function tableOf({ machine, results }: BenchReport): string {
  const { system, cores, memory, vectors, node, engine } = machine
  const machineLine = `${system}, ${cores} cores (${vectors}), ${memory} GiB, no GPU used; Node ${node}, node-llama-cpp ${engine}.`
  const rows = results.flatMap(rowsOf)
  return [machineLine, '', ...aligned([['what', 'measured', 'least to greatest', 'rounds', 'mark', ''], ...rows])].join(
    '\n',
  )
}

function rowsOf({ title, outcome, loadBefore }: BarResult): readonly (readonly string[])[] {
  const head = [`**${title}**`, '', '', '', '', `load ${loadBefore.toFixed(1)}`]
  if ('skipped' in outcome) return [head, [`skipped: ${outcome.skipped}`, '', '', '', '', '']]
  return [head, ...outcome.figures.map(rowOf)]
}

function rowOf(figure: Figure): readonly string[] {
  const { name, unit, value, least, greatest, rounds } = figure
  const spread = rounds > 1 && least !== greatest ? `${valueText(least, unit)} to ${valueText(greatest, unit)}` : ''
  const verdict = figure.mark === undefined ? '' : passes(figure) ? 'met' : '**missed**'
  return [name, valueText(value, unit), spread, String(rounds), markText(figure), verdict]
}

/** A Markdown table as the formatter would leave it: every column as wide as its widest cell. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), rule, ...body.map(line)]
}

/** How each bar is taken, as a Markdown list. */
export function methodOf(results: readonly BarResult[]): string {
  return results.map(({ name, title, how }) => `- **${title}** (\`${name}\`). ${how}`).join('\n')
}

/** Replaces what stands between `<!-- bench:NAME -->` and `<!-- /bench:NAME -->`; throws where the markers are not. */
export function replaceBetween(text: string, name: string, body: string): string {
  const { start, end } = placeOf(text, name)
  return `${text.slice(0, start)}\n\n${body}\n\n${text.slice(end)}`
}

/** What stands between these markers; throws where they are not. */
export function between(text: string, name: string): string {
  const { start, end } = placeOf(text, name)
  return text.slice(start, end).trim()
}

function placeOf(text: string, name: string): { readonly start: number; readonly end: number } {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`]
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`no markers of ${name}`)
  return { start: start + open.length, end }
}
