// Several documents of the list, chosen by key and by hand, summarized together in a real browser.
import path from 'node:path'
import type { Page } from '@playwright/test'
import { beforeEach, expect, test } from 'vitest'
import { freshWindow } from './freshWindow.ts'
import { expectNoMisdeeds, type OpenWindow } from './openWindow.ts'
import { wordsOf } from './words.ts'

const say = wordsOf('en')
const samples = path.resolve(import.meta.dirname, '../../resources/samples')
const soon = { timeout: 20_000 }
const names = ['harbour-report.pdf', 'meeting-notes.md', 'LICENSE']

const fresh = freshWindow()
let window: OpenWindow
let page: Page

beforeEach(async () => {
  ;({ window, page } = fresh())
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say('firstRun.own'), exact: true }).click()
  await (
    await chooser
  ).setFiles([
    path.join(samples, 'harbour-report.pdf'),
    path.join(samples, 'meeting-notes.md'),
    path.resolve(samples, '../../LICENSE'),
  ])
  await expect.poll(() => rows().count(), soon).toBe(names.length)
})

function rows() {
  return page.getByRole('navigation', { name: say('documents.list.label') }).getByRole('option')
}

/** The rows that are chosen, counted in the list and told below it. */
async function chosen(): Promise<readonly [number, string]> {
  const status = page.getByRole('group', { name: say('documents.choose.beginWhy') }).getByRole('status')
  return [await rows().and(page.locator('[aria-selected=true]')).count(), await status.innerText()]
}

function counted(count: number): readonly [number, string] {
  return [count, say('documents.choose.count', { count, amount: String(count) })]
}

test('by key: Choose, Space on each, Summarize together; the batch has those and no other', async () => {
  const begin = page.getByRole('button', { name: say('documents.choose.beginWhy') })
  await begin.press('Enter')
  expect(await chosen()).toEqual([0, say('documents.choose.none')])
  const together = page.getByRole('button', { name: say('documents.choose.together'), exact: true })
  expect(await together.isDisabled()).toBe(true)
  await rows().first().focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect.poll(chosen, soon).toEqual(counted(2))

  // Escape leaves a person in the list, Cancel where the choice began.
  await page.keyboard.press('Escape')
  await begin.waitFor()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('option')
  await begin.press('Enter')
  await page.getByRole('button', { name: say('documents.choose.cancel'), exact: true }).press('Enter')
  await expect.poll(() => begin.evaluate((element) => element === document.activeElement), soon).toBe(true)
  await begin.press('Enter')
  for (const at of [0, 1]) {
    await rows().nth(at).focus()
    await page.keyboard.press('Space')
  }
  await expect.poll(chosen, soon).toEqual(counted(2))
  const wanted = await rows().and(page.locator('[aria-selected=true]')).allInnerTexts()
  await together.press('Enter')
  await page.getByRole('button', { name: say('jobs.batch.start'), exact: true }).press('Enter')

  const documents = page.getByRole('list', { name: say('jobs.batch.documents') }).getByRole('listitem')
  await expect.poll(() => documents.count(), soon).toBe(2)
  const listed = (await documents.allInnerTexts()).join(' ')
  expect(names.map((name) => listed.includes(name))).toEqual(names.map((name) => wanted.join(' ').includes(name)))
  await page.getByRole('article', { name: say('jobs.batch.overview') }).waitFor({ timeout: 240_000 })
  expect(await rows().and(page.locator('[aria-selected=true]')).count()).toBe(0)
  expectNoMisdeeds(window)
}, 300_000)

test('by hand: Ctrl and Shift begin a choice beside what is open, Cancel ends it, and a press opens again', async () => {
  await rows().nth(0).click()
  await expect.poll(() => rows().nth(0).getAttribute('aria-selected'), soon).toBe('true')
  const open = page.url()
  await rows()
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] })
  await expect.poll(chosen, soon).toEqual(counted(2))
  expect(page.url()).toBe(open)
  await page.getByRole('button', { name: say('documents.choose.cancel'), exact: true }).click()
  await rows()
    .nth(2)
    .click({ modifiers: ['Shift'] })
  await expect.poll(chosen, soon).toEqual(counted(3))
  await rows().nth(1).click()
  await expect.poll(chosen, soon).toEqual(counted(2))
  await page.getByRole('button', { name: say('documents.choose.cancel'), exact: true }).click()
  await rows().nth(1).click()
  await expect.poll(() => page.url(), soon).not.toBe(open)
  expectNoMisdeeds(window)
})

test('in high contrast the open and the chosen documents stand out from the others', async () => {
  await page.emulateMedia({ forcedColors: 'active' })
  await rows().nth(0).click()
  await page.mouse.move(0, 0)
  await expect.poll(grounds, soon).toEqual(['taken', 'plain', 'plain'])
  await rows()
    .nth(2)
    .click({ modifiers: ['ControlOrMeta'] })
  await page.mouse.move(0, 0)
  await expect.poll(grounds, soon).toEqual(['taken', 'plain', 'taken'])
})

/** Whether each row stands on the system's ground for what is taken, with its own ink, or on the page's. */
function grounds(): Promise<readonly string[]> {
  return rows().evaluateAll((all) => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.cssText = 'background: SelectedItem; color: SelectedItemText; forced-color-adjust: none'
    const { backgroundColor, color } = getComputedStyle(probe)
    const taken = all.map((row) => {
      const words = [...row.querySelectorAll('span:not([aria-hidden])')].map((span) => getComputedStyle(span).color)
      const onIt = getComputedStyle(row).backgroundColor === backgroundColor
      return onIt && words.every((ink) => ink === color) ? 'taken' : onIt ? 'unreadable' : 'plain'
    })
    probe.remove()
    return taken
  })
}
