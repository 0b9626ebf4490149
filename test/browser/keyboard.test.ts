// The main job by keyboard alone: no pointer is ever used.
import type { Browser, Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { expectNoMisdeeds, launchChromium, openWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')

/** What the focused element is called. */
async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement)) return ''
    const labelled = element
      .getAttribute('aria-labelledby')
      ?.split(' ')
      .map((id) => document.getElementById(id)?.innerText ?? '')
    return element.getAttribute('aria-label') ?? labelled?.join(' ') ?? element.innerText
  })
}

/** Presses Tab until something whose name begins like this has the focus, and it can be seen that it has. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let press = 0; press < 120; press += 1) {
    const focused = await focusedName(page)
    if (focused.startsWith(name)) {
      const visible = await page.evaluate(() => {
        // A field inside a sheet lets the sheet show the focus.
        for (
          let element = document.activeElement, up = 0;
          element !== null && up < 3;
          element = element.parentElement, up += 1
        ) {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
          if ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none') return true
        }
        return false
      })
      expect(`${name}: focus ${visible ? 'seen' : 'not seen'}`).toBe(`${name}: focus seen`)
      return
    }
    passed.push(focused)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to “${name}”, only to ${[...new Set(passed)].join(' · ')}`)
}

describe('the keyboard alone', () => {
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

  test('reads the sample, summarizes it, looks at the source and asks about it', async () => {
    const window = await openWindow(browser, host)
    const { page } = window
    await page.getByRole('button', { name: say('firstRun.sample.read') }).waitFor()
    await tabTo(page, say('firstRun.sample.read'))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: say('documents.gist.title') }).waitFor()

    await tabTo(page, say('documents.preset.start'))
    await page.keyboard.press('Enter')
    const summary = page.getByRole('region', { name: say('documents.summary.label') })
    await summary.getByRole('button').first().waitFor({ timeout: 60_000 })

    await tabTo(page, say('documents.summary.show', { place: '' }).trim())
    await page.keyboard.press('Enter')
    const source = page.getByRole('complementary', { name: say('documents.source.label') })
    await source.locator('mark').first().waitFor()
    await tabTo(page, say('documents.source.close'))
    // The first Escape may take away the hint at the button.
    await page.keyboard.press('Escape')
    if (await source.isVisible()) await page.keyboard.press('Escape')
    await source.waitFor({ state: 'detached' })

    await tabTo(page, say('documents.page.ask'))
    await page.keyboard.press('Enter')
    await tabTo(page, say('chat.composer.label'))
    await page.keyboard.type('When will the second gate be towed?')
    await page.keyboard.press('Enter')
    await page.getByText(say('chat.overflow.title')).waitFor()
    await tabTo(page, say('chat.overflow.shorten'))
    await page.keyboard.press('Enter')
    await page.locator('[data-message]').nth(1).waitFor({ timeout: 60_000 })
    await page
      .getByRole('button', { name: say('chat.message.regenerate') })
      .first()
      .waitFor({ timeout: 60_000 })
    expectNoMisdeeds(window)
    await window.close()
  })

  test('the palette goes anywhere, and Escape leaves it where one was', async () => {
    const window = await openWindow(browser, host)
    const { page } = window
    await page.getByRole('navigation', { name: say('shell.rail.label') }).waitFor()
    for (const room of ['models', 'activity', 'settings', 'chat', 'documents']) {
      await page.keyboard.press('ControlOrMeta+k')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.type(say(`shell.rail.${room}`))
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      await expect.poll(() => page.url()).toContain(`#/${room}`)
    }
    await page.keyboard.press('ControlOrMeta+k')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(page.url()).toContain('#/documents')
    expectNoMisdeeds(window)
    await window.close()
  })
})
