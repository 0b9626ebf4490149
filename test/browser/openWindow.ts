// A window on a running host in a real Chromium, and a watch on everything it must not do.
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test'
import { expect, inject } from 'vitest'
import type { RunningHost } from './runningHost.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly chromium: string
    readonly noChromium: string
  }
}

/** What a window did that it must not do. */
export type Misdeeds = {
  /** Errors on the console, thrown or printed; refusals of the content policy among them. */
  readonly errors: string[]
  /** Requests to anywhere but the host. */
  readonly strangers: string[]
}

/** An open window. `close` ends its context. */
export type OpenWindow = { readonly page: Page; readonly misdeeds: Misdeeds; close(): Promise<void> }

/** Starts the Chromium that set-up found; skip the suite with `noChromium` where there is none. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromium'),
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  })
}

/** Opens a window of its own: a context without cookies, let in by a fresh address. */
export async function openWindow(
  browser: Browser,
  host: RunningHost,
  options: BrowserContextOptions & { readonly at?: string } = {},
): Promise<OpenWindow> {
  const { at = '/', ...rest } = options
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...rest })
  const misdeeds = watch(context, host)
  const page = await context.newPage()
  await page.goto(await host.address())
  await page.waitForURL((url) => url.pathname === '/')
  if (at !== '/') await page.goto(`${host.origin}${at}`)
  return { page, misdeeds, close: () => context.close() }
}

/** Nothing on the console and no request to anywhere else. */
export function expectNoMisdeeds({ misdeeds }: OpenWindow): void {
  expect(misdeeds).toEqual({ errors: [], strangers: [] })
}

function watch(context: BrowserContext, host: RunningHost): Misdeeds {
  const misdeeds: Misdeeds = { errors: [], strangers: [] }
  context.on('weberror', (error) => misdeeds.errors.push(String(error.error())))
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    misdeeds.errors.push(`${message.text()} ${message.location().url}`)
  })
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${host.origin}/`) && !/^(data|blob):/.test(url)) misdeeds.strangers.push(url)
  })
  return misdeeds
}
