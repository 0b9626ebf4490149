// The built window under Electron's own headers, in a Chromium, on a real app: what `connect-src 'none'` forbids it does not need.
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { expect, test } from 'vitest'
import { createApp } from '../../main/app.ts'
import { answerPage, filesBelow } from '../../main/hosts/electron/appProtocol.ts'
import { createNodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { createMemoryPorts } from '../../main/hosts/node/memoryPorts.ts'
import type { FramePort } from '../../preload/contract/frames.ts'
import { buildWindow } from '../../scripts/buildWindow.ts'
import { ensureChromium } from '../../scripts/systemPackages.mjs'
import { wordsOf } from '../browser/words.ts'
import { repository } from './electronBinary.ts'

/** Stands in for the bridge: the page's port, carried by the test driver. */
async function carryFrames(page: Page, port: FramePort): Promise<void> {
  await page.exposeFunction('carriedPost', (text: string) => port.post(text))
  await page.addInitScript(() => {
    const carried = globalThis as unknown as { carriedPost(text: string): void; carriedHear(text: string): void } // as: put there by the driver
    const early: string[] = []
    carried.carriedHear = (text) => void early.push(text)
    const value = {
      post: (text: string) => carried.carriedPost(text),
      onFrame(listener: (text: string) => void) {
        carried.carriedHear = listener
        for (const text of early.splice(0)) listener(text)
      },
      onClose: () => undefined,
      close: () => undefined,
    }
    Object.defineProperty(window, 'sotto', { value })
  })
  const waiting = { turn: Promise.resolve() }
  port.onFrame((text) => {
    const hand = () =>
      page.evaluate((given) => (globalThis as unknown as { carriedHear(text: string): void }).carriedHear(given), text) // as: set above
    waiting.turn = waiting.turn.then(hand, hand).catch(() => undefined)
  })
}

test('S4: the window shows its rooms under the policy of Electron, and breaks it nowhere', async (context) => {
  const { path: program, reason } = ensureChromium()
  if (program === undefined) return context.skip(reason ?? 'no Chromium was found')
  expect(buildWindow(repository, console.info)).toBe(true)
  const host = await createNodeHost({ kind: 'electron', dataFolder: null, mode: 'own', environment: {} })
  const app = await createApp(host, { mode: 'own', resumeJobs: false })
  if (!app.ok) throw new Error(app.failure.code)
  const browser = await chromium.launch({ executablePath: program, chromiumSandbox: process.getuid?.() !== 0 })
  try {
    const page = await browser.newPage()
    const misdeeds: string[] = []
    page.on('pageerror', (error) => misdeeds.push(error.message))
    page.on('console', (line) => misdeeds.push(line.text()))
    const [ours, theirs] = createMemoryPorts()
    await carryFrames(page, ours)
    const source = filesBelow(path.join(repository, 'dist', 'renderer'))
    await page.route('**/*', async (route) => {
      const { pathname } = new URL(route.request().url())
      const answer = await answerPage(source, route.request().method(), `app://sotto${pathname}`)
      const body = Buffer.from(await answer.arrayBuffer())
      await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body })
    })
    await page.goto('https://sotto.test/')
    app.value.attach(theirs)
    const say = wordsOf('en')
    await page.getByRole('main', { name: say('firstRun.label') }).waitFor()
    await page.getByRole('button', { name: say('firstRun.skip'), exact: true }).click()
    await page.getByRole('button', { name: say('shell.rail.chat'), exact: true }).click()
    await page.getByRole('textbox', { name: say('chat.composer.label') }).waitFor()
    const fonts = await page.evaluate(async () => (await document.fonts.ready).size)
    expect(fonts).toBeGreaterThan(0)
    expect(misdeeds).toEqual([])
  } finally {
    await browser.close()
    await app.value.close()
    await host.close()
  }
})
