// Axe over every state of every room: both themes, both languages, and at twice the size.
import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContextOptions } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { launchChromium } from './openWindow.ts'
import { type RoomState, roomStates } from './roomStates.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { seedLibrary } from './seedLibrary.ts'
import { showState } from './showState.ts'
import { wordsOf } from './words.ts'

type Look = {
  readonly name: string
  readonly language: 'en' | 'de'
  readonly size: { readonly width: number; readonly height: number }
  readonly options: BrowserContextOptions
}

const [wide, half, small] = [
  { width: 1280, height: 800 },
  // 200 % zoom is half as many pixels, each twice as large.
  { width: 640, height: 400 },
  { width: 800, height: 600 },
]

const daily: readonly Look[] = [
  { name: 'light, English', language: 'en', size: wide, options: { colorScheme: 'light' } },
  { name: 'dark, German, 200 %', language: 'de', size: half, options: { colorScheme: 'dark', deviceScaleFactor: 2 } },
]

const deep: readonly Look[] = [
  { name: 'dark, English, 800×600', language: 'en', size: small, options: { colorScheme: 'dark' } },
  { name: 'light, German, 200 %', language: 'de', size: half, options: { colorScheme: 'light', deviceScaleFactor: 2 } },
  { name: 'light, English, high contrast', language: 'en', size: wide, options: { contrast: 'more' } },
]

describe('axe finds nothing serious', () => {
  let browser: Browser
  let host: RunningHost
  let states: readonly RoomState[]
  beforeAll(async () => {
    if (inject('noChromium') !== '') return
    browser = await launchChromium()
    host = await startHost()
    states = roomStates(await seedLibrary(host))
  })
  afterAll(async () => {
    await host?.close()
    await browser?.close()
  })
  beforeEach((context) => {
    if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  })

  test.each(process.env['SOTTO_DEEP'] === undefined ? daily : [...daily, ...deep])(
    '$name',
    async ({ language, size, options }) => {
      const locale = language === 'de' ? 'de-DE' : 'en-GB'
      const context = await browser.newContext({ ...options, locale, reducedMotion: 'reduce' })
      const door = await context.newPage()
      await door.goto(await host.address())
      await door.waitForURL((url) => url.pathname === '/')
      const findings: string[] = []
      for (const state of states) {
        const page = await showState(context, host.origin, state, wordsOf(language), size)
        // The palette's list is moved through by the arrow keys of the field above it, which axe cannot see.
        const rules = state.name === 'palette' ? ['scrollable-region-focusable'] : []
        const { violations } = await new AxeBuilder({ page }).disableRules(rules).analyze()
        for (const { id, impact, nodes } of violations) {
          const line = `${state.name}: ${impact} ${id} at ${nodes
            .map(({ target }) => String(target))
            .join(' | ')
            .slice(0, 200)}`
          if (impact === 'serious' || impact === 'critical') findings.push(line)
        }
        // Nothing may hang over the edge of the page.
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        if (over > 0) findings.push(`${state.name}: ${over} pixels wider than the window`)
        await page.close()
      }
      await context.close()
      expect(findings).toEqual([])
    },
    // Some fifty states, each opened and examined.
    600_000,
  )
})
