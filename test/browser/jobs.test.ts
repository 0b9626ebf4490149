// Work that goes on in a real browser: a folder as a batch, paused over a reload, resumed, and its overview read.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, inject, test } from 'vitest'
import { batchInTheWindow, makeFolder } from './batchInTheWindow.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')

let browser: Browser
let host: RunningHost
let window: OpenWindow
let page: Page
let folder: string

beforeAll(async () => {
  if (inject('noChromium') === '') browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async (context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-jobs-'))
  makeFolder(path.join(folder, 'Files'))
  host = await startHost()
  window = await openWindow(browser, host)
  page = window.page
  page.setDefaultTimeout(20_000)
  await page.getByRole('button', { name: say('firstRun.skip'), exact: true }).click()
  await page.getByRole('button', { name: say('shell.rail.documents'), exact: true }).click()
})
afterEach(async () => {
  await window?.close()
  await host?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A picture of each state in `SOTTO_LOOK`, for whoever wants to look at them. */
async function look(state: string): Promise<void> {
  const pictures = process.env['SOTTO_LOOK']
  if (pictures === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: path.join(pictures, `${state}.${colorScheme}.png`) })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

test('a folder is summarized as one, paused over a reload, resumed, and its overview leads to the passages', async () => {
  await batchInTheWindow({ page, say, folder: path.join(folder, 'Files'), look })
  expectNoMisdeeds(window)
}, 400_000)
