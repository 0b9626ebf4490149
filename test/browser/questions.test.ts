// Asking in a real browser: passages, their place in the source, what is not there, follow-ups, a reload, the library.
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { beforeEach, expect, test } from 'vitest'
import { answersOn, askInTheWindow, askOnPage } from './askInTheWindow.ts'
import { freshWindow } from './freshWindow.ts'
import { expectNoMisdeeds, type OpenWindow } from './openWindow.ts'
import { wordsOf } from './words.ts'

const repository = path.resolve(import.meta.dirname, '../..')
const screenshots = process.env['SOTTO_SCREENSHOTS']
const say = wordsOf('en')

const fresh = freshWindow()
let window: OpenWindow
let page: Page
let folder: string

beforeEach(async () => {
  const own = fresh()
  ;({ window, page } = own)
  folder = path.join(own.folder, 'Harbour')
  mkdirSync(folder)
  copyFileSync(path.join(repository, 'resources/samples/meeting-notes.md'), path.join(folder, 'Notes.md'))
})

async function picture(name: string): Promise<void> {
  if (screenshots === undefined) return
  for (const [theme, width, height] of [
    ['light', 1280, 800],
    ['dark', 800, 600],
  ] as const) {
    await page.evaluate((value) => (document.documentElement.dataset['theme'] = value), theme)
    await page.setViewportSize({ width, height })
    await page.screenshot({ path: path.join(screenshots, `${name}.${theme}.en.${width}x${height}.png`) })
  }
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'))
  await page.setViewportSize({ width: 1280, height: 800 })
}

test('a document is asked: a passage and its place, what it does not say, a follow-up, the same after a reload', async () => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say('firstRun.own'), exact: true }).click()
  await (await chooser).setFiles(path.join(folder, 'Notes.md'))
  await page.getByRole('tab', { name: say('documents.view.ask'), exact: true }).waitFor()
  await askInTheWindow(page, say)
  const next = await askOnPage(page, say, 'Who chaired the meeting?')
  await next.getByText('Joan Aldous (chair)', { exact: false }).first().waitFor()
  const follow = await askOnPage(page, say, 'And when is the next one?')
  await follow.getByText('8 October', { exact: false }).first().waitFor()
  await picture('questions-thread')

  await page.reload()
  await expect.poll(() => answersOn(page).count(), { timeout: 20_000 }).toBe(4)
  expect(page.url()).toMatch(/\/ask$/)
  await page.getByRole('button', { name: say('questions.thread.remove') }).click()
  await page.getByRole('button', { name: say('questions.thread.yes'), exact: true }).click()
  await page.getByText(say('questions.empty.document'), { exact: true }).waitFor()
  await picture('questions-empty')
  expectNoMisdeeds(window)
})

test('the library is asked: the answer names the document and leads into it', async () => {
  await page.getByRole('button', { name: say('firstRun.skip'), exact: true }).click()
  await page.getByRole('button', { name: say('shell.rail.documents'), exact: true }).click()
  await page
    .getByRole('button', { name: say('library.add.open'), exact: true })
    .first()
    .click()
  await page.getByRole('textbox', { name: say('library.add.field') }).fill(folder)
  await page.getByRole('button', { name: say('library.add.add'), exact: true }).click()
  await page.getByRole('heading', { name: 'Harbour', exact: true }).waitFor()
  const file = page.getByRole('list', { name: say('library.list') }).getByRole('listitem')
  const stillOpen = [say('library.state.waiting'), say('library.state.reading')]
  await expect
    .poll(async () => (await file.allInnerTexts()).map((text) => stillOpen.some((word) => text.includes(word))), {
      timeout: 20_000,
    })
    .toEqual([false])
  await page.getByRole('tab', { name: say('documents.view.ask'), exact: true }).click()
  const answer = await askOnPage(page, say, 'How much is the council grant?')
  await answer.getByText('Notes.md', { exact: true }).first().waitFor()
  await picture('questions-library')
  await answer
    .getByRole('button', { name: /Notes\.md/ })
    .first()
    .click()
  await page
    .getByRole('complementary', { name: say('documents.source.label') })
    .locator('mark', { hasText: '£12,000' })
    .waitFor()
  expectNoMisdeeds(window)
})
