// Pages of PDF per second through the app's reader process, against pdftotext.
import { spawnSync } from 'node:child_process'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'
import { readDocument } from '../../../main/documents/readerClient.ts'
import { nodeSpawn } from '../../fakes/engineHarness.ts'
import type { Bar, Figure } from '../bar.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { interleaved, timed } from '../rig/interleaved.ts'
import { pdfSamples, type PdfSample } from '../rig/pdfSamples.ts'

const never = new AbortController().signal

/** Marked at a quarter of the speed of pdftotext. */
export const bar: Bar = {
  title: 'PDF text',
  how:
    'A document of about 200 pages is read from the start of the reader process to its last segment, and by `pdftotext ' +
    'FILE -` from start to end. One file is printed by Chromium (subset fonts, compressed, as most people get theirs), ' +
    'one written by a library with a standard font. `SOTTO_BENCH_PDFS=FOLDER` adds files of your own.',
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
  const seen = await interleaved(rounds, {
    own: () => timed(async () => (pages = await readPages(path))),
    poppler: () => timed(async () => runTool(pdftotext, path)),
  })
  for (const { own, poppler } of seen)
    say(`${pages} pages, reader ${own.toFixed(0)}, pdftotext ${poppler.toFixed(0)} ms`)
  const speeds = (key: 'own' | 'poppler') => seen.map((round) => (pages * 1000) / round[key])
  return [
    ratio(`${name}: reader / pdftotext`, seen, ['poppler', 'own'], { kind: 'at-least', value: 0.25 }),
    figure(`${name}: reader`, 'pages/s', speeds('own')),
    figure(`${name}: pdftotext`, 'pages/s', speeds('poppler')),
  ]
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
