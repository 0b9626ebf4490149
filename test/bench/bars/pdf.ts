// Pages of PDF per second through the app's reader process, against pdftotext.
import { spawnSync } from 'node:child_process'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'
import { readDocument } from '../../../main/documents/readerClient.ts'
import { nodeSpawn } from '../../fakes/engineHarness.ts'
import type { Bar, Figure } from '../bar.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { interleaved, timed } from '../rig/interleaved.ts'
import { onePagePdf, pdfSamples, type PdfSample } from '../rig/pdfSamples.ts'

const never = new AbortController().signal

/** Marked at a quarter of the speed of pdftotext. */
export const bar: Bar = {
  title: 'PDF text',
  how:
    'A document of some 200 pages is read from the start of the reader process to its last segment, and by `pdftotext ' +
    'FILE -` from start to end; what either takes for a document of one page is taken off, so pages are compared with ' +
    'pages, and the start of the process stands apart. One file is printed by Chromium (subset fonts, compressed, as most ' +
    'people get theirs), one written by a library with a standard font. `SOTTO_BENCH_PDFS=FOLDER` adds files of your own.',
  async run({ rounds, say }) {
    const tool = ensureDebianPackage('poppler-utils', ['pdftotext'])
    if (tool.path === undefined) return { skipped: tool.reason }
    const figures: Figure[] = []
    for (const sample of await pdfSamples()) {
      say(sample.name)
      figures.push(...(await compare(sample, tool.path, rounds, say)))
    }
    return { figures }
  },
}

async function compare(
  { name, path }: PdfSample,
  pdftotext: string,
  rounds: number,
  say: (line: string) => void,
): Promise<readonly Figure[]> {
  let pages = 0
  const short = await onePagePdf()
  const seen = await interleaved(rounds, {
    own: () => timed(async () => (pages = await readPages(path))),
    poppler: () => timed(async () => runTool(pdftotext, path)),
    ownStart: () => timed(() => readPages(short)),
    popplerStart: () => timed(async () => runTool(pdftotext, short)),
  })
  for (const { own, poppler, ownStart } of seen)
    say(`${pages} pages, reader ${own.toFixed(0)} (start ${ownStart.toFixed(0)}), pdftotext ${poppler.toFixed(0)} ms`)
  const speeds = seen.map((round) => ({
    own: pagesPerSecond(pages, round.own, round.ownStart),
    poppler: pagesPerSecond(pages, round.poppler, round.popplerStart),
  }))
  const all = (key: 'own' | 'poppler') => speeds.map((round) => round[key])
  const starts = seen.map(({ ownStart }) => ownStart)
  return [
    ratio(`${name}: reader / pdftotext`, speeds, ['own', 'poppler'], { kind: 'at-least', value: 0.25 }),
    ratio(`${name}: the same, starts included`, seen, ['poppler', 'own']),
    figure(`${name}: reader`, 'pages/s', all('own')),
    figure(`${name}: pdftotext`, 'pages/s', all('poppler')),
    figure(`${name}: reader, one page from start to end`, 'ms', starts),
  ]
}

/** A start that took longer than the whole was disturbed; then the whole counts. */
function pagesPerSecond(pages: number, whole: number, start: number): number {
  return start < whole ? ((pages - 1) * 1000) / (whole - start) : (pages * 1000) / whole
}

/** Reads a file as the app does; answers its pages. */
async function readPages(path: string): Promise<number> {
  const items = readDocument(nodeSpawn, path, never)
  let pages = 0
  for (;;) {
    const step = await items.next()
    if (step.done !== true) {
      if (step.value.type === 'finished') pages = step.value.coverage.total
    } else if (step.value.ok) return pages
    else throw new Error(step.value.failure.code)
  }
}

function runTool(pdftotext: string, path: string): void {
  const { status } = spawnSync(pdftotext, [path, '-'], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 30 })
  if (status !== 0) throw new Error(`pdftotext: exit ${String(status)}`)
}
