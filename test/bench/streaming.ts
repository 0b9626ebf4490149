// 100 tokens a second into a conversation of 2,000 messages, in a real Chromium: longest main-thread task and heap.
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { ensureChromium } from '../../scripts/systemPackages.mjs'
import { startStreamedChat } from '../fakes/streamedChat.ts'

const options = { messages: 2000, tokensPerSecond: 100, answerCharacters: 50_000 }
const warmUpMilliseconds = 5000
const barMilliseconds = 50
const flags = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
]

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

async function measure(address: string, executablePath: string): Promise<boolean> {
  const browser = await chromium.launch({ executablePath, args: flags })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(address)
    await page.goto(new URL('/#/chat/long', address).href)
    await page.getByRole('textbox').last().fill('Tell me about the harbour.')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(warmUpMilliseconds)
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
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
    const longest = Math.max(0, ...long)
    const growth = (heaps.at(-1) ?? 0) - (heaps[0] ?? 0)
    console.log(
      `${long.length} tasks over 50 ms after warm-up, the longest ${Math.round(longest)} ms (bar ${barMilliseconds})`,
    )
    console.log(
      `heap after collection: ${heaps.map((value) => value.toFixed(1)).join(' → ')} MiB (${growth.toFixed(1)} MiB more)`,
    )
    console.log(`${nodes} elements in the page at the end`)
    return longest <= barMilliseconds && growth < 10
  } finally {
    await browser.close()
  }
}

const found = ensureChromium()
if (found.path === undefined) {
  console.log(`skipped: ${found.reason ?? 'no browser'}`)
} else {
  const chat = await startStreamedChat(options)
  try {
    if (!(await measure(chat.address, found.path))) process.exitCode = 1
  } finally {
    await chat.close()
  }
}
