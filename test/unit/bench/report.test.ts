// Tables, markers and charts of the bench's page.
import { describe, expect, test } from 'vitest'
import type { BarResult, BenchReport } from '../../bench/bar.ts'
import { drawChart } from '../../bench/logic/chart.ts'
import { marksChart, usedShare, waitChart } from '../../bench/logic/charts.ts'
import { figureLine, markText, methodOf, replaceBetween, tableOf, valueText } from '../../bench/logic/report.ts'

const machine = { system: 'linux x64', cores: 2, memory: 24, vectors: 'AVX2', node: '24.0.0', engine: '3.21.1' }

function result(changes: Partial<BarResult>): BarResult {
  const base = { name: 'turn2', title: 'Second turn', how: 'Two messages.', date: '2026-11-20T12:00:00.000Z' }
  return { ...base, seconds: 1, loadBefore: 0.5, outcome: { figures: [] }, ...changes }
}

const share = {
  name: 'second / first',
  unit: 'ratio',
  value: 0.0412,
  least: 0.04,
  greatest: 0.05,
  rounds: 5,
  mark: { kind: 'at-most', value: 0.08 },
} as const
const missed = { ...share, name: 'slow', value: 0.4, mark: { kind: 'at-least', value: 0.5 } } as const
const report: BenchReport = {
  machine,
  results: [
    result({ outcome: { figures: [share, missed] } }),
    result({ title: 'PDF', outcome: { skipped: 'no pdftotext' } }),
  ],
}

test('values have as many digits as they carry', () => {
  const values = [0.0412, 0.5, 1.234, 43.81, 1234.5, 0, 12].map((value) => valueText(value, 'ratio'))
  expect(values).toEqual(['0.041', '0.50', '1.23', '43.8', '1235', '0', '12'])
  expect(valueText(43.81, 'tokens/s')).toBe('43.8 tokens/s')
})

test('a mark says which side is good', () => {
  expect(markText(share)).toBe('≤ 0.080')
  expect(markText(missed)).toBe('≥ 0.50')
  expect(markText({ unit: 'ms' })).toBe('')
})

test('a line for the terminal says whether the mark is met', () => {
  expect(figureLine(share)).toBe('second / first: 0.041 (0.040 to 0.050, 5 rounds)  ≤ 0.080 met')
  expect(figureLine(missed)).toMatch(/^slow: 0.40 .* ≥ 0.50 MISSED$/)
})

test('the table names the machine, every figure, what was missed and what was skipped', () => {
  const lines = tableOf(report).split('\n')
  expect(lines[0]).toBe('linux x64, 2 cores (AVX2), 24 GiB, no GPU used; Node 24.0.0, node-llama-cpp 3.21.1.')
  const cells = lines.slice(4).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(cells).toEqual([
    ['**Second turn**', '', '', '', '', 'load 0.5'],
    ['second / first', '0.041', '0.040 to 0.050', '5', '≤ 0.080', 'met'],
    ['slow', '0.40', '0.040 to 0.050', '5', '≥ 0.50', '**missed**'],
    ['**PDF**', '', '', '', '', 'load 0.5'],
    ['skipped: no pdftotext', '', '', '', '', ''],
  ])
  expect(new Set(lines.slice(2).map((line) => line.length)).size).toBe(1)
})

test('the method lists every bar with the name it is run by', () => {
  expect(methodOf(report.results.slice(0, 1))).toBe('- **Second turn** (`turn2`). Two messages.')
})

describe('markers', () => {
  const page = 'before\n<!-- bench:table -->\nold\n<!-- /bench:table -->\nafter\n'
  test('what stands between them is replaced, twice the same', () => {
    const once = replaceBetween(page, 'table', 'new')
    expect(once).toBe('before\n<!-- bench:table -->\n\nnew\n\n<!-- /bench:table -->\nafter\n')
    expect(replaceBetween(once, 'table', 'new')).toBe(once)
  })
  test('a page without them is refused', () => expect(() => replaceBetween(page, 'other', 'new')).toThrow('other'))
})

describe('charts', () => {
  test('a mark is used up in the direction that is good', () => {
    expect(usedShare({ value: 0.04, mark: { kind: 'at-most', value: 0.08 } })).toBe(0.5)
    expect(usedShare({ value: 2, mark: { kind: 'at-least', value: 1 } })).toBe(0.5)
  })
  test('the marks chart shows what has a mark, and what missed it in another colour', () => {
    const { bars } = marksChart(report.results)
    expect(bars.map(({ label, strong }) => [label, strong])).toEqual([
      ['second / first', false],
      ['slow', true],
    ])
  })
  test('the waiting chart shows the waits that were measured', () => {
    const wait = { ...share, name: 'first text, second turn', unit: 'ms', value: 430 } as const
    const { bars } = waitChart([result({ outcome: { figures: [wait] } })])
    expect(bars).toEqual([{ label: 'the next message', value: 430, text: '0.43 s' }])
  })
  test('the drawing scales to the longest bar and escapes its words', () => {
    const svg = drawChart({
      title: 'a < b & c',
      bars: [
        { label: 'long', value: 10, text: '10' },
        { label: 'half', value: 5, text: '5' },
      ],
      line: { value: 5, text: 'mark' },
    })
    const widths = [...svg.matchAll(/<rect class="bar"[^>]* width="([\d.]+)"/g)].map((found) => Number(found[1]))
    expect(widths).toEqual([340, 170])
    expect(svg).toContain('a &lt; b &amp; c')
    expect(svg).toMatch(/<line class="line" x1="440" .* x2="440"/)
  })
})
