// Memory of every process of the app, at rest and at work.
import { chromium, type Browser } from '@playwright/test'
import { ensureChromium } from '../../../scripts/systemPackages.mjs'
import type { Bar, Figure } from '../bar.ts'
import { ensureBenchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure } from '../logic/statistics.ts'
import { afterTokens, type AppWindow, loadModel, newConversation, openAppWindow, send } from '../rig/appWindow.ts'
import { browserFlags } from '../rig/chromium.ts'
import { descendants, memoryOf } from '../rig/processMemory.ts'
import { samplePdf } from '../rig/pdfSamples.ts'

type Seen = Map<string, number[]>

const rendererMark = '--type=renderer'

/** Figures without marks: main, engine, reader and window. */
export const bar: Bar = {
  title: 'Memory of each process',
  how:
    'Resident memory of one running app with the large model, three times: at rest, with the model loaded, at the 64th ' +
    'token of an answer, and while a PDF of about 200 pages is read. "Files" is the model, mapped: the system takes it back ' +
    'when memory is short. The window is the renderer process of Chromium.',
  async run({ say }) {
    if (memoryOf(process.pid) === null) return { skipped: 'this system does not tell the memory of a process' }
    const seen: Seen = new Map()
    for (let round = 0; round < 3; round++) await once(seen, round)
    const figures: Figure[] = [...seen].map(([name, values]) => figure(name, 'MiB', values))
    for (const { name, value } of figures) say(`${name}: ${value.toFixed(0)} MiB`)
    return { figures }
  },
}

async function once(seen: Seen, round: number): Promise<void> {
  const window = await openAppWindow({}, await ensureBenchModel())
  const browser = await openPage(window)
  const note = (name: string, pid: number | undefined): void => {
    const memory = pid === undefined ? null : memoryOf(pid)
    if (memory === null) return
    const add = (key: string, value: number) => seen.set(key, [...(seen.get(key) ?? []), value])
    add(name, memory.own)
    if (name.startsWith('engine')) add(`${name}, files`, memory.files)
  }
  const { pid } = window.host
  const engine = (): number | undefined => descendants(pid, 'inference/process/entry')[0]
  const page = (): number | undefined =>
    browser === null ? undefined : largest(descendants(process.pid, rendererMark))
  try {
    note('main, at rest', pid)
    note('window, at rest', page())
    await loadModel(window)
    note('engine, model loaded', engine())
    const conversation = await newConversation(window)
    await send(window, conversation, text(600, round + 1), (answer) => {
      const enough = afterTokens(64)(answer)
      if (enough) {
        note('main, answering', pid)
        note('engine, answering', engine())
        note('window, answering', page())
      }
      return enough
    })
    let reader = 0
    await readPdf(window, () => (reader = Math.max(reader, ...readers(pid))))
    if (reader > 0) seen.set('reader, at most', [...(seen.get('reader, at most') ?? []), reader])
  } finally {
    await browser?.close()
    await window.close()
  }
}

/** Chromium keeps an empty renderer ready; the window is the one that holds something. */
function largest(pids: readonly number[]): number | undefined {
  return pids.toSorted((a, b) => (memoryOf(b)?.own ?? 0) - (memoryOf(a)?.own ?? 0))[0]
}

/** MiB of every reader at work. */
function readers(host: number): readonly number[] {
  return descendants(host, 'documents/reader/entry').map((pid) => memoryOf(pid)?.own ?? 0)
}

async function openPage({ host }: AppWindow): Promise<Browser | null> {
  const found = ensureChromium()
  if (found.path === undefined) return null
  const browser = await chromium.launch({ executablePath: found.path, args: browserFlags })
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.goto(await host.address())
  await page.waitForLoadState('networkidle')
  return browser
}

async function readPdf({ client }: AppWindow, look: () => void): Promise<void> {
  const items = client.stream('documents.add', { path: await samplePdf() })
  for (;;) {
    const step = await items.next()
    if (step.done !== true) look()
    else if (step.value.ok) return
    else throw new Error(step.value.failure.code)
  }
}
