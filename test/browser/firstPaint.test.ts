// The window shows itself before any model is touched, without a word on the console.
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { expectNoMisdeeds, launchChromium, openWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

/** Milliseconds from the navigation to the first text or picture. */
function firstPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list, observer) => {
      const [entry] = list.getEntriesByName('first-contentful-paint')
      if (entry === undefined) return
      observer.disconnect()
      resolve(entry.startTime)
    }).observe({ type: 'paint', buffered: true })
  })
}

describe('the first window', () => {
  let browser: Browser
  let host: RunningHost
  beforeAll(async () => {
    if (inject('noChromium') !== '') return
    browser = await launchChromium()
    host = await startHost()
  })
  afterAll(async () => {
    await host?.close()
    await browser?.close()
  })
  beforeEach((context) => {
    if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  })

  test('paints within a second, with the engine untouched', async () => {
    const times: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const window = await openWindow(browser, host)
      const words = wordsOf('en')
      await window.page.getByRole('main', { name: words('firstRun.label') }).waitFor()
      const paint = await window.page.evaluate(firstPaint)
      times.push(Math.round(paint))
      expect(await host.engines()).toEqual([])
      expectNoMisdeeds(window)
      await window.close()
    }
    console.info(`first contentful paint after ${times.join(', ')} ms`)
    expect(Math.min(...times)).toBeLessThan(1000)
  })

  test('has a port and nothing else of the host, and no way to put another in its place', async () => {
    const window = await openWindow(browser, host)
    const port = await window.page.evaluate(() => ({
      keys: Object.keys((globalThis as unknown as { sotto: object }).sotto).sort(), // as: set by the preload
      replaced: Reflect.set(globalThis, 'sotto', null),
    }))
    expect(port).toEqual({ keys: ['close', 'onClose', 'onFrame', 'post'], replaced: false })
    await window.close()
  })

  test('text is never turned into markup, and no script comes from text', async () => {
    const window = await openWindow(browser, host)
    const outcomes = await window.page.evaluate(async () => {
      type Factory = { createPolicy(name: string, rules: object): unknown }
      const { trustedTypes } = globalThis as unknown as { trustedTypes: Factory } // as: not in the DOM types
      async function outcome(act: () => unknown): Promise<string> {
        try {
          return `done: ${String(await act())}`
        } catch (error) {
          return error instanceof Error ? error.name : 'thrown'
        }
      }
      return [
        await outcome(() => (document.createElement('p').innerHTML = '<b>x</b>')),
        await outcome(() => (document.createElement('script').src = '/assets/x.js')),
        await outcome(() => document.write('<p>')),
        await outcome(() => trustedTypes.createPolicy('other', {})),
        await outcome(() => fetch('http://127.0.0.1:9/')),
      ]
    })
    expect(outcomes).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError', 'TypeError'])
    await window.close()
  })
})
