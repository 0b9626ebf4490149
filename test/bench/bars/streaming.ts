// 100 tokens a second into a conversation of 2,000 messages, in a real Chromium: longest main-thread task and heap.
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { ensureChromium } from '../../../scripts/systemPackages.mjs'
import { startStreamedChat } from '../../fakes/streamedChat.ts'
import type { Bar, BarOutcome } from '../bar.ts'
import { figure } from '../logic/statistics.ts'
import { browserFlags } from '../rig/chromium.ts'

const options = { messages: 2000, tokensPerSecond: 100, answerCharacters: 50_000 }
const warmUpMilliseconds = 5000

/** Marked at 50 ms for the longest task and 10 MiB of growth. */
export const bar: Bar = {
  title: 'Streaming into a very long conversation',
  how:
    '100 tokens a second for two minutes into a conversation of 2,000 messages, every kind of block among them, in a ' +
    'headless Chromium. Tasks over 50 ms on the main thread after five seconds, and the heap after a forced collection.',
  async run({ say }) {
    const found = ensureChromium()
    if (found.path === undefined) return { skipped: found.reason }
    const chat = await startStreamedChat(options)
    try {
      return await measure(chat.address, found.path, say)
    } finally {
      await chat.close()
    }
  },
}

/** Used heap after a collection, in MiB. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 2 ** 20
}

/** Starts counting tasks over 50 ms in the page; `read` gives them since the last reading, in ms. */
async function watchTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const seen: number[] = []
    Object.assign(window, { seenTasks: seen })
    new PerformanceObserver((list) => seen.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: 'longtask',
    })
  })
  return () =>
    page.evaluate(() => {
      const { seenTasks } = window as unknown as { seenTasks: number[] } // as: set above
      return seenTasks.splice(0)
    })
}

async function measure(address: string, executablePath: string, say: (line: string) => void): Promise<BarOutcome> {
  const browser = await chromium.launch({ executablePath, args: browserFlags })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(address)
    await page.goto(new URL('/#/chat/long', address).href)
    await page.getByRole('textbox').last().fill('Tell me about the harbour.')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(warmUpMilliseconds)
    const { long, heaps } = await watch(page)
    const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0)
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
    say(`heap after collection: ${heaps.map((value) => value.toFixed(1)).join(' → ')} MiB`)
    return {
      figures: [
        figure('longest task over 50 ms', 'ms', [Math.max(0, ...long)], { kind: 'at-most', value: 50 }),
        figure('tasks over 50 ms', 'count', [long.length]),
        figure('growth of the heap', 'MiB', [growth], { kind: 'at-most', value: 10 }),
        figure('elements in the page at the end', 'count', [nodes]),
      ],
    }
  } finally {
    await browser.close()
  }
}

/** Looks every fifteen seconds until the answer is nearly over. */
async function watch(page: Page): Promise<{ readonly long: readonly number[]; readonly heaps: readonly number[] }> {
  const session = await page.context().newCDPSession(page)
  const heaps = [await heap(session)]
  const tasks = await watchTasks(page)
  const long: number[] = []
  const seconds = options.answerCharacters / 4 / options.tokensPerSecond - warmUpMilliseconds / 1000
  for (let second = 0; second < seconds; second += 15) {
    await page.waitForTimeout(Math.min(15, seconds - second) * 1000)
    long.push(...(await tasks()))
    heaps.push(await heap(session))
    // The forced collection above is the bench's own doing.
    await tasks()
  }
  return { long, heaps }
}
