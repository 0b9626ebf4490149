// Which figures the two charts of docs/performance.md show.
import type { BarResult, Figure } from '../bar.ts'
import type { Chart } from './chart.ts'
import { valueText } from './report.ts'
import { passes } from './statistics.ts'

/** Every marked figure as the share of its mark that is used up: below 1 the mark is met. */
export function marksChart(results: readonly BarResult[]): Chart {
  const marked = figuresOf(results).filter(({ mark }) => mark !== undefined)
  return {
    title: 'Used share of each pass mark (shorter is better)',
    bars: marked.map((figure) => {
      const value = usedShare(figure)
      return { label: figure.name, value, text: valueText(value, 'ratio'), strong: !passes(figure) }
    }),
    line: { value: 1, text: 'the mark' },
  }
}

/** What share of its mark a figure uses up: the value over the mark, or the mark over the value where more is better. */
export function usedShare({ value, mark }: Pick<Figure, 'value' | 'mark'>): number {
  if (mark === undefined) return 0
  return mark.kind === 'at-most' ? value / mark.value : mark.value / value
}

/** How long a person waits for the first word, by what was ready before. */
export function waitChart(results: readonly BarResult[]): Chart {
  const waits: readonly (readonly [string, string])[] = [
    ['first text, full prefill', 'a message of 1,600 words'],
    ['first text, second turn', 'the next message'],
    ['first text, preloaded', 'the same, read while typing'],
    ['start to first word, cold', 'program and model from disk'],
    ['start to first word, warm', 'program and model from memory'],
    ['start to first word, starter, warm', 'program and starter model'],
    ['start to an interactive window', 'program to an empty window'],
  ]
  const figures = figuresOf(results)
  const bars = waits.flatMap(([name, label]) => {
    const found = figures.find((figure) => figure.name === name)
    return found === undefined ? [] : [{ label, value: found.value, text: `${(found.value / 1000).toFixed(2)} s` }]
  })
  return { title: 'Seconds to the first word', bars }
}

function figuresOf(results: readonly BarResult[]): readonly Figure[] {
  return results.flatMap(({ outcome }) => ('skipped' in outcome ? [] : outcome.figures))
}
