// From starting the program to a window that can be written in.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { ensureChromium } from '../../../scripts/systemPackages.mjs'
import { startHost } from '../../browser/runningHost.ts'
import type { Bar } from '../bar.ts'
import { figure } from '../logic/statistics.ts'
import { openAppWindow } from '../rig/appWindow.ts'
import { browserFlags, firstContentfulPaint } from '../rig/chromium.ts'
import { timed } from '../rig/interleaved.ts'

type Seen = Readonly<Record<'served' | 'interactive' | 'paint' | 'browser', number>>

/** Marked at a second from the navigation to the first paint. */
export const bar: Bar = {
  title: 'Start to a window one can write in',
  how:
    'The browser host is started; when it prints its address a headless Chromium that already runs goes there; until the ' +
    'field for a message can be written in. The start of Chromium itself is given apart. No model is loaded.',
  async run({ rounds, say }) {
    const found = ensureChromium()
    if (found.path === undefined) return { skipped: found.reason }
    const dataFolder = mkdtempSync(join(tmpdir(), 'sotto-window-'))
    try {
      await welcome(dataFolder)
      const seen: Seen[] = []
      for (let round = 0; round < rounds; round++) {
        const values = await once(found.path, dataFolder)
        seen.push(values)
        say(`served ${values.served.toFixed(0)}, interactive ${values.interactive.toFixed(0)} ms`)
      }
      const all = (name: keyof Seen) => seen.map((round) => round[name])
      return {
        figures: [
          figure('start to an interactive window', 'ms', all('interactive')),
          figure('of this, until the address is there', 'ms', all('served')),
          figure('first contentful paint after navigation', 'ms', all('paint'), { kind: 'at-most', value: 1000 }),
          figure('start of headless Chromium, not included', 'ms', all('browser')),
        ],
      }
    } finally {
      rmSync(dataFolder, { recursive: true, force: true })
    }
  },
}

/** The first-run page has been seen, as on every day but the first. */
async function welcome(dataFolder: string): Promise<void> {
  const window = await openAppWindow({ dataFolder })
  const set = await window.client.call('settings.set', { key: 'welcomed', value: true })
  await window.close()
  if (!set.ok) throw new Error(set.failure.code)
}

async function once(executablePath: string, dataFolder: string): Promise<Seen> {
  let launched: Browser | null = null
  const browserTime = await timed(async () => {
    launched = await chromium.launch({ executablePath, args: browserFlags })
  })
  const browser = launched as Browser | null // as: set by the callback, which the compiler does not follow
  if (browser === null) throw new Error('no browser')
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const begun = performance.now()
    const host = await startHost({ dataFolder })
    try {
      const served = performance.now() - begun
      await page.goto(await host.address())
      await page.goto(`${host.origin}/#/chat`)
      await page.getByRole('textbox').last().fill('Hello')
      const interactive = performance.now() - begun
      const paint = await page.evaluate(firstContentfulPaint)
      return { served, interactive, paint, browser: browserTime }
    } finally {
      await host.kill('SIGINT')
      await host.close()
    }
  } finally {
    await browser.close()
  }
}
