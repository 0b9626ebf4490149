// When the line is cut: the window says so, says what is kept, and comes back.
import type { Browser } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { expectNoMisdeeds, launchChromium, openWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')

describe('a cut line', () => {
  let browser: Browser
  let host: RunningHost
  beforeAll(async () => {
    if (inject('noChromium') !== '') return
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async (context) => {
    if (inject('noChromium') !== '') context.skip(inject('noChromium'))
    host = await startHost()
  })
  afterEach(() => host?.close())

  test('a killed host leaves a page that says so', async () => {
    const window = await openWindow(browser, host)
    await window.page.getByRole('button', { name: say('firstRun.skip') }).click()
    await host.kill('SIGKILL')
    const lost = window.page.getByRole('alertdialog', { name: say('shell.lost.title') })
    await lost.waitFor()
    expect(await lost.innerText()).toContain(say('shell.lost.text'))
    expect(
      await window.page
        .getByRole('button', { name: say('shell.lost.reload') })
        .evaluate((element) => element === document.activeElement),
    ).toBe(true)
    await window.close()
  })

  test('it says so on the first page too', async () => {
    const window = await openWindow(browser, host)
    await window.page.getByRole('main', { name: say('firstRun.label') }).waitFor()
    await host.kill('SIGINT')
    await window.page.getByRole('alertdialog', { name: say('shell.lost.title') }).waitFor()
    await window.close()
  })

  test('a cut socket is mended by loading again', async () => {
    const window = await openWindow(browser, host)
    await window.page.getByRole('button', { name: say('firstRun.skip') }).click()
    await window.page.evaluate(() => (globalThis as unknown as { sotto: { close(): void } }).sotto.close()) // as: set by the preload
    await window.page.getByRole('button', { name: say('shell.lost.reload') }).click()
    await window.page.getByRole('navigation', { name: say('shell.rail.label') }).waitFor()
    await window.page.getByRole('alertdialog').waitFor({ state: 'detached' })
    expectNoMisdeeds(window)
    await window.close()
  })

  test('two windows stand side by side, and what one changes the other shows', async () => {
    const [left, right] = [await openWindow(browser, host), await openWindow(browser, host)]
    for (const { page } of [left, right]) await page.getByRole('main', { name: say('firstRun.label') }).waitFor()
    await left.page.getByText(say('settings.language.de'), { exact: true }).click()
    await right.page.getByRole('main', { name: wordsOf('de')('firstRun.label') }).waitFor()
    expect(await right.page.locator('html').getAttribute('lang')).toBe('de')
    for (const window of [left, right]) {
      expectNoMisdeeds(window)
      await window.close()
    }
  })
})
