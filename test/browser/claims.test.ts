// Claim marks in a real browser: reasons, the filter, contradictions, a page read again, the clipboard, the prompt.
import type { Browser } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { alterAnswers } from './alteredAnswers.ts'
import { claimsInTheWindow } from './claimsInTheWindow.ts'
import { claimAnswers, pressMissed } from './claimStates.ts'
import { expectNoMisdeeds, launchChromium, openWindow } from './openWindow.ts'
import { type RunningHost, startHost } from './runningHost.ts'
import { seedLibrary } from './seedLibrary.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')

let browser: Browser
let host: RunningHost
let documentId: string

beforeAll(async () => {
  if (inject('noChromium') !== '') return
  browser = await launchChromium()
  host = await startHost()
  documentId = (await seedLibrary(host)).documentId
})
afterAll(async () => {
  await browser?.close()
  await host?.close()
})
beforeEach((context) => {
  if (inject('noChromium') !== '') context.skip(inject('noChromium'))
})

test('what needs checking is marked with its reason, can be seen alone, and goes along when copied', async () => {
  const window = await openWindow(browser, host, { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = window
  page.setDefaultTimeout(20_000)
  try {
    await alterAnswers(page, claimAnswers)
    await page.goto(`${host.origin}/#/documents/${documentId}`)
    await page.reload()
    await page.getByText(say('claims.note.number', { said: '£47.9' })).waitFor()
    await page.getByRole('button', { name: say('documents.summary.copy') }).click()
    const copied = page.getByRole('button', { name: say('shell.actions.copied') })
    await copied.first().waitFor()
    // A window may not read the clipboard; a person pastes.
    await page.getByRole('button', { name: say('shell.rail.chat'), exact: true }).click()
    const field = page.getByRole('textbox', { name: say('chat.composer.label') })
    await field.click()
    await page.keyboard.press('ControlOrMeta+v')
    await expect.poll(() => field.inputValue()).toContain(`[⚠ ${say('claims.note.number', { said: '£47.9' })}`)
    expect(await field.inputValue()).toContain('(p. 1)')
    // Last, because the host really reads the page again and makes a summary of its own.
    await page.goto(`${host.origin}/#/documents/${documentId}`)
    await claimsInTheWindow(page, say)
    expectNoMisdeeds(window)
  } finally {
    await window.close()
  }
})

test('a page read again from its file: what came is said, and the summary with it is made again', async () => {
  const window = await openWindow(browser, host)
  const { page } = window
  page.setDefaultTimeout(30_000)
  try {
    // The strip shows a gap where there is none; the file, the reading and the job are real.
    await alterAnswers(page, {
      'summaries.list': (_, own) =>
        (own ?? []).map((summary) => ({ ...summary, coverage: { ...summary.coverage, withoutText: [3] } })),
    })
    await page.goto(`${host.origin}/#/documents/${documentId}`)
    await page.reload()
    await pressMissed(page, say)
    await page.getByRole('button', { name: say('claims.reread.again') }).click()
    await page.getByText(say('claims.reread.redoing'), { exact: false }).waitFor()
    const place = say('claims.reread.page', { unit: '3' })
    expect(await page.getByText(`${place} was read again`, { exact: false }).textContent()).toMatch(
      /\d characters, as before/,
    )
    expectNoMisdeeds(window)
  } finally {
    await window.close()
  }
})

test('the starter’s summary is word for word, and says so', async () => {
  const window = await openWindow(browser, host, { at: `/#/documents/${documentId}` })
  try {
    await window.page.getByText(say('claims.tally.sound'), { exact: false }).waitFor()
    expect(await window.page.getByText(say('claims.tally.filter')).count()).toBe(0)
    expectNoMisdeeds(window)
  } finally {
    await window.close()
  }
})
