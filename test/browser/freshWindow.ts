// One Chromium for a file of tests, and for each of its tests a host and a window of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import { launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'

/** What one test has for itself; `folder` is for its files, empty at first, and goes once window and host closed. */
export type Fresh = {
  readonly host: RunningHost
  readonly window: OpenWindow
  readonly page: Page
  readonly folder: string
}

/**
 * Call it once in a file; what it answers gives the running test's own. Without a Chromium the tests are skipped with the
 * reason, and nothing is started.
 */
export function freshWindow(options: BrowserContextOptions = {}, timeoutMs = 20_000): () => Fresh {
  let browser: Browser | undefined
  let fresh: Fresh | undefined
  let used: AsyncDisposableStack | undefined
  beforeAll(async () => {
    if (inject('noChromium') === '') browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async (context) => {
    if (browser === undefined) return context.skip(inject('noChromium'))
    // What began is closed also where the rest of it fails, and the last first.
    used = new AsyncDisposableStack()
    const folder = used.adopt(mkdtempSync(path.join(tmpdir(), 'sotto-fresh-')), (made) =>
      rmSync(made, { recursive: true, force: true }),
    )
    const host = used.adopt(await startHost(), (started) => started.close())
    const window = used.adopt(await openWindow(browser, host, options), (opened) => opened.close())
    window.page.setDefaultTimeout(timeoutMs)
    fresh = { host, window, page: window.page, folder }
  })
  afterEach(async () => {
    fresh = undefined
    await used?.disposeAsync()
    used = undefined
  })
  return () => {
    if (fresh === undefined) throw new Error('asked for outside a test')
    return fresh
  }
}
