// A small window at twice the size, by keyboard: whatever has the focus can be seen, and no room is scrolled away.
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchChromium } from './openWindow.ts'
import { roomStates } from './roomStates.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { seedLibrary } from './seedLibrary.ts'
import { showState } from './showState.ts'
import { wordsOf } from './words.ts'

const library = { documentId: '', jobId: '' }
const names = ['chat-outside', 'consent-document', 'models-supply', 'activity-outside', 'settings-cloud']
const wanted = roomStates(library).filter(({ name }) => names.includes(name))

let browser: Browser
let host: RunningHost

beforeAll(async () => {
  if (inject('noChromium') !== '') return
  browser = await launchChromium()
  host = await startHost()
  await seedLibrary(host)
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})

test.for(wanted.map((state) => [state.name, state] as const))('%s', async ([, state], context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  // 800 × 600 at 200 %.
  const opened = await browser.newContext({ viewport: { width: 400, height: 300 }, locale: 'de-DE' })
  const door = await opened.newPage()
  await door.goto(await host.address())
  const page = await showState(opened, host.origin, state, wordsOf('de'), { width: 400, height: 300 })
  const unseen: string[] = []
  const seen = new Set<string>()
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab')
    const { name, where, scrolled } = await page.evaluate(() => {
      const element = document.activeElement ?? document.body
      const { top, bottom, left, right } = (element.closest('label') ?? element).getBoundingClientRect()
      const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
      const words = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
      const root = document.documentElement
      return {
        name: `${element.tagName} ${words}`,
        where: element === document.body || inside,
        scrolled: [root.scrollTop, root.scrollLeft, document.body.scrollTop, document.body.scrollLeft],
      }
    })
    seen.add(name)
    if (!where) unseen.push(name)
    expect(scrolled).toEqual([0, 0, 0, 0])
  }
  expect(seen.size).toBeGreaterThan(10)
  expect(unseen).toEqual([])
  await opened.close()
})

test('choosing between the ledger and the receipts leaves the room where it is', async (context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  const state = roomStates(library).find(({ name }) => name === 'activity-receipts')
  if (state === undefined) throw new Error('unreachable: the state is in the list')
  const opened = await browser.newContext({ viewport: { width: 800, height: 600 }, locale: 'de-DE' })
  const door = await opened.newPage()
  await door.goto(await host.address())
  const page = await showState(opened, host.origin, state, wordsOf('de'), { width: 800, height: 600 })
  expect(await page.evaluate(() => document.documentElement.scrollTop)).toBe(0)
  const rail = await page.getByRole('navigation').first().boundingBox()
  expect(rail?.y).toBe(0)
  await opened.close()
})
