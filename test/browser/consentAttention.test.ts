// The sheet against a hand that is quicker than the eye: what was not looked at is neither sent nor uncovered.
import type { Browser, Page } from '@playwright/test'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { alterAnswers, type Answers, type Fails } from './alteredAnswers.ts'
import { cloudStates } from './cloudStates.ts'
import { expectNoMisdeeds, launchChromium, openWindow, type OpenWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { connect } from './seedLibrary.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')

let browser: Browser
let host: RunningHost
let window: OpenWindow
let page: Page
/** Decisions the window asked for, in order. */
let asked: string[]

beforeAll(async () => {
  if (inject('noChromium') !== '') return
  browser = await launchChromium()
  host = await startHost()
  const client = await connect(host)
  await client.call('settings.set', { key: 'welcomed', value: true })
  client.close()
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})
beforeEach(async (context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
  asked = []
  window = await openWindow(browser, host)
  page = window.page
  page.setDefaultTimeout(20_000)
  await show('consent-message')
})

/** Shows a state; what the window decides in it is counted and refused. */
async function show(wanted: string): Promise<void> {
  const state = cloudStates().find(({ name }) => name === wanted)
  const counted: Answers = {
    'cloud.approve': () => refused('approve'),
    'cloud.set-redaction': () => refused('set-redaction'),
  }
  await alterAnswers(page, { ...state?.answers, ...counted })
  await page.goto(`${host.origin}/${state?.hash ?? ''}`)
  await page.reload()
  await state?.act?.(page, say)
}
afterEach(() => window?.close())

function refused(what: 'approve' | 'set-redaction'): Fails {
  asked.push(what)
  return { fails: { code: 'not-found', details: { what: 'draft', id: '' } } }
}

function send() {
  return page.getByRole('button', { name: say('consent.decide.send.once') })
}

async function awake(): Promise<void> {
  await expect.poll(() => send().isEnabled(), { timeout: 10_000 }).toBe(true)
}

/** Presses until a press counts, and waits until nothing of it is on its way: a late answer lets it press twice. */
async function pressUntilAsked(): Promise<void> {
  await expect
    .poll(
      async () => {
        await send().click()
        return asked
      },
      { timeout: 10_000 },
    )
    .toContain('approve')
  await awake()
  await settled()
}

/** Two frames of the page, in which whatever was pressed has been asked for. */
async function settled(): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
  )
}

/** Watches from inside the page, which no slow reply misses, for how the button that sends looks as it comes up. */
async function firstSight(): Promise<() => Promise<string | undefined>> {
  await page.evaluate(() => {
    const { dataset } = document.documentElement
    new MutationObserver((_, observer) => {
      const button = document.querySelector<HTMLButtonElement>('[data-sends] button')
      if (button === null) return
      observer.disconnect()
      dataset['firstSight'] = button.disabled ? 'disabled' : 'enabled'
    }).observe(document.body, { subtree: true, childList: true })
  })
  return () => page.evaluate(() => document.documentElement.dataset['firstSight'])
}

describe('the sheet', () => {
  test('a double click on a covered word shows it and leaves it covered; a held key does no more', async () => {
    await page.locator('button[data-chip="hidden"]').filter({ hasText: 'PERSON' }).dblclick()
    const shown = page.locator('button[data-chip="revealed"]')
    expect(await shown.innerText()).toBe('Martha Ellis')
    const other = page.locator('button[data-chip="hidden"]').filter({ hasText: 'IBAN' })
    await other.focus()
    for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    expect(await shown.count()).toBe(2)
    expect(asked).toEqual([])
    // Looked at, a press is meant.
    await expect
      .poll(
        async () => {
          await shown.first().click()
          return asked
        },
        { timeout: 10_000 },
      )
      .toContain('set-redaction')
    expectNoMisdeeds(window)
  })

  test('the click that brings the window to the front, or back to its tab, does not send', async () => {
    for (const [target, name] of [
      ['window', 'focus'],
      ['document', 'visibilitychange'],
    ] as const) {
      await awake()
      await page.evaluate(
        ({ where, type }) => {
          if (where === 'window') globalThis.dispatchEvent(new Event(type))
          else document.dispatchEvent(new Event(type))
          document.querySelector<HTMLButtonElement>('[data-sends] button')?.click()
        },
        { where: target, type: name },
      )
      await settled()
      expect(asked).toEqual([])
      // The keyboard keeps its place, and a while later a press counts.
      expect(await send().isEnabled()).toBe(true)
      await pressUntilAsked()
      asked = []
    }
    expectNoMisdeeds(window)
  })

  test('a click made while a slow machine stands still counts from when it was made', async () => {
    const made = await page.evaluate(() => performance.now())
    await awake()
    for (const moment of [made, null]) {
      await page.evaluate((at) => {
        const click = new MouseEvent('click', { bubbles: true, cancelable: true })
        if (at !== null) Object.defineProperty(click, 'timeStamp', { value: at })
        document.querySelector('[data-sends] button')?.dispatchEvent(click)
      }, moment)
      await settled()
      if (moment !== null) expect(asked).toEqual([])
    }
    await expect.poll(() => asked, { timeout: 10_000 }).toEqual(['approve'])
  })

  test('neither Enter, nor going away and back, nor a reload sends; what was written is still there', async () => {
    await awake()
    await send().focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Enter')
    await page.evaluate(() => (location.hash = '#/settings'))
    await page.getByRole('heading', { name: say('shell.rail.settings'), exact: true }).waitFor()
    const first = await firstSight()
    await page.goBack()
    await expect.poll(first, { timeout: 10_000 }).toBe('disabled')
    await awake()
    await page.reload()
    const field = page.getByRole('textbox', { name: say('chat.composer.label') })
    await field.waitFor()
    expect(await field.inputValue()).toBe('Draft a reply, please.')
    const places = page.getByRole('radiogroup', { name: say('chat.place.label') })
    expect(await places.getByRole('radio', { checked: true }).getAttribute('value')).toBe('here')
    expect(asked).toEqual([])
  })

  test('under an open permission nothing says that it is read first', async () => {
    await show('chat-outside')
    const places = page.getByRole('radiogroup', { name: say('chat.place.label') })
    await places.locator('label').nth(1).click()
    await page.getByRole('textbox', { name: say('chat.composer.label') }).fill('we cant pay yet')
    await page.getByRole('button', { name: say('chat.rewrite.open') }).click()
    await page.getByText(say('chat.rewrite.noteOpen', { name: 'Anthropic' })).waitFor()
    expect(await page.getByRole('button', { name: say('chat.rewrite.send') }).count()).toBe(1)
    expect(await page.getByText(say('chat.rewrite.note'), { exact: true }).count()).toBe(0)
    expect(await page.getByText(say('chat.place.firstRead'), { exact: true }).count()).toBe(0)
  })
})
