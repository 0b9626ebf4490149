// Horizontal bars as a small SVG that reads on light and on dark pages.

/** One bar; `text` stands at the end of its row. */
export type ChartBar = {
  readonly label: string
  readonly value: number
  readonly text: string
  readonly strong?: boolean
}

/** What is drawn: `line` is a value marked across all bars. */
export type Chart = {
  readonly title: string
  readonly bars: readonly ChartBar[]
  readonly line?: { readonly value: number; readonly text: string }
}

const width = 720
const row = 26
const left = 270
const right = 110
const top = 44

const style =
  'text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:14px}.quiet{fill:#57606a}' +
  '.bar{fill:#8c959f}.strong{fill:#b35900}.line{stroke:#1f2328;stroke-dasharray:3 3}.back{fill:#ffffff}' +
  '@media(prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}.bar{fill:#656c76}.strong{fill:#e8a04c}' +
  '.line{stroke:#e6edf3}.back{fill:#0d1117}}'

/** The chart as an SVG document. */
export function drawChart({ title, bars, line }: Chart): string {
  const greatest = Math.max(line?.value ?? 0, ...bars.map(({ value }) => value), Number.MIN_VALUE)
  const across = (value: number): number => Math.round((value / greatest) * (width - left - right) * 10) / 10
  const height = top + bars.length * row + (line === undefined ? 12 : 30)
  const summary = bars.map(({ label, text }) => `${label} ${text}`).join('; ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(`${title}: ${summary}`)}">`,
    `<style>${style}</style>`,
    `<rect class="back" width="${width}" height="${height}"/>`,
    `<text class="title" x="16" y="26">${escaped(title)}</text>`,
    ...bars.flatMap((bar, index) => drawBar(bar, top + index * row, across(bar.value))),
    ...(line === undefined ? [] : drawLine(line.text, left + across(line.value), top + bars.length * row)),
    '</svg>',
    '',
  ].join('\n')
}

function drawBar({ label, text, strong = false }: ChartBar, y: number, length: number): readonly string[] {
  return [
    `<text x="${left - 10}" y="${y + 16}" text-anchor="end">${escaped(label)}</text>`,
    `<rect class="${strong ? 'strong' : 'bar'}" x="${left}" y="${y + 4}" width="${Math.max(1, length)}" height="16" rx="2"/>`,
    `<text class="quiet" x="${width - 16}" y="${y + 16}" text-anchor="end">${escaped(text)}</text>`,
  ]
}

function drawLine(text: string, x: number, bottom: number): readonly string[] {
  return [
    `<line class="line" x1="${x}" y1="${top - 4}" x2="${x}" y2="${bottom + 4}"/>`,
    `<text class="quiet" x="${x}" y="${bottom + 20}" text-anchor="middle">${escaped(text)}</text>`,
  ]
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
