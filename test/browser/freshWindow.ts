// One Chromium for a file of tests, and for each of its tests a host and a window of its own.
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import { launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'

/** What one test has for itself. */
export type Fresh = { readonly host: RunningHost; readonly window: OpenWindow; readonly page: Page }

/**
 * Call it once in a file; what it answers gives the running test's own. Without a Chromium the tests are skipped with the
 * reason, and nothing is started.
 */
export function freshWindow(options: BrowserContextOptions = {}, timeoutMs = 20_000): () => Fresh {
  let browser: Browser | undefined
  let fresh: Fresh | undefined
  beforeAll(async () => {
    if (inject('noChromium') === '') browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async (context) => {
    if (browser === undefined) return context.skip(inject('noChromium'))
    const host = await startHost() // closed below
    const window = await openWindow(browser, host, options)
    window.page.setDefaultTimeout(timeoutMs)
    fresh = { host, window, page: window.page }
  })
  afterEach(async () => {
    await fresh?.window.close()
    await fresh?.host.close()
    fresh = undefined
  })
  return () => {
    if (fresh === undefined) throw new Error('asked for outside a test')
    return fresh
  }
}
