// The library in a real browser: a folder added and read, searched, opened at its page, renamed outside, removed.
import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { beforeEach, expect, test } from 'vitest'
import { freshWindow } from './freshWindow.ts'
import { expectNoMisdeeds, type OpenWindow } from './openWindow.ts'
import { wordsOf } from './words.ts'

const repository = path.resolve(import.meta.dirname, '../..')
const say = wordsOf('en')

const fresh = freshWindow()
let window: OpenWindow
let page: Page
let folder: string

beforeEach(async () => {
  ;({ window, page, folder } = fresh())
  mkdirSync(path.join(folder, 'Harbour'))
  copyFileSync(path.join(repository, 'resources/samples/harbour-report.pdf'), inFolder('Report.pdf'))
  copyFileSync(path.join(repository, 'resources/samples/meeting-notes.md'), inFolder('Notes.md'))
  copyFileSync(path.join(repository, 'test/fixtures/documents/password-aes256.pdf'), inFolder('Locked.pdf'))
  writeFileSync(inFolder('Ferry.txt'), 'The ferry to Kessel Point leaves at noon.\n')
  await button('firstRun.skip').click()
  await page.getByRole('button', { name: say('shell.rail.documents'), exact: true }).click()
})

function inFolder(name: string): string {
  return path.join(folder, 'Harbour', name)
}

function button(key: string, values?: Readonly<Record<string, unknown>>): Locator {
  return page.getByRole('button', { name: say(key, values), exact: true })
}

function hits(): Locator {
  return page.getByRole('listbox', { name: say('library.search.hits') }).getByRole('option')
}

function files(): Locator {
  return page.getByRole('list', { name: say('library.list') }).getByRole('listitem')
}

async function addFolder(): Promise<void> {
  await button('library.add.open').first().click()
  await page.getByRole('textbox', { name: say('library.add.field') }).fill(path.join(folder, 'Harbour'))
  const watched = page.getByRole('progressbar').waitFor()
  await button('library.add.add').click()
  await watched
  await page.getByRole('heading', { name: 'Harbour', exact: true }).waitFor()
}

/** Every file of the folder was read or refused. */
async function everythingRead(): Promise<void> {
  await expect.poll(() => files().count(), { timeout: 30_000 }).toBe(4)
  const open = [say('library.state.waiting'), say('library.state.reading')]
  const stillOpen = async () =>
    (await files().allInnerTexts()).filter((text) => open.some((word) => text.includes(word)))
  await expect.poll(stillOpen, { timeout: 60_000 }).toEqual([])
}

test('a folder is added, read, searched and opened at its page; a new name is noticed; removed, it is not found', async () => {
  await addFolder()
  await everythingRead()

  await page.keyboard.press('ControlOrMeta+f')
  const field = page.getByRole('searchbox', { name: say('library.search.within', { name: 'Harbour' }) })
  await field.fill('gates')
  await hits().first().waitFor()
  expect(await hits().first().locator('mark').first().innerText()).toMatch(/gate/i)
  await hits().filter({ hasText: 'Report.pdf' }).first().click()
  const source = page.getByRole('complementary', { name: say('documents.source.label') })
  await source.locator('mark').first().waitFor()
  expect(await source.locator('mark').allInnerTexts()).toContainEqual(expect.stringMatching(/^gates?$/i))
  await page.goBack()

  renameSync(inFolder('Report.pdf'), inFolder('Final report.pdf'))
  await field.fill('')
  await files().filter({ hasText: 'Final report.pdf' }).waitFor({ timeout: 30_000 })
  await everythingRead()
  await field.fill('gates')
  await hits().filter({ hasText: 'Final report.pdf' }).first().waitFor()

  await button('library.folder.remove').click()
  await page.getByText(say('library.removal.folder', { name: 'Harbour', count: 4, amount: 4 })).waitFor()
  await page.getByText(say('library.search.nothing', { query: 'gates' })).waitFor({ timeout: 30_000 })
  expect(await hits().count()).toBe(0)
  expectNoMisdeeds(window)
})
