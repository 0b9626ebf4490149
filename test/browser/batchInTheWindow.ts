// A batch of a folder in the window: asked for, paused, still paused after a reload, resumed to its overview.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from 'vitest'
import { prose } from '../fakes/prose.ts'
import type { Words } from './words.ts'

const repository = path.resolve(import.meta.dirname, '../..')

/** Where the folder is made and what the window speaks; `look` is called at states worth a picture. */
export type BatchSteps = {
  readonly page: Page
  readonly say: Words
  readonly folder: string
  readonly look?: (state: string) => Promise<void>
}

/** A folder of five files: two to summarize quickly, one that takes a while, one too short, one nobody can open. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true })
  copyFileSync(path.join(repository, 'resources/samples/meeting-notes.md'), path.join(folder, 'Notes.md'))
  copyFileSync(path.join(repository, 'resources/samples/harbour-report.pdf'), path.join(folder, 'Report.pdf'))
  copyFileSync(path.join(repository, 'test/fixtures/documents/password-aes256.pdf'), path.join(folder, 'Locked.pdf'))
  writeFileSync(path.join(folder, 'Chronicle.txt'), longChronicle())
  writeFileSync(path.join(folder, 'Stub.txt'), 'Too short.\n')
}

function longChronicle(): string {
  return Array.from({ length: 10 }, (_, at) => prose(130, at + 1)).join('\n\n')
}

/** Ends on the page of the finished batch. */
export async function batchInTheWindow({ page, say, folder, look }: BatchSteps): Promise<void> {
  const button = (key: string, values?: Readonly<Record<string, unknown>>) =>
    page.getByRole('button', { name: say(key, values), exact: true })
  await addAndRead(page, say, folder)
  await button('jobs.batch.ask').click()
  await button('jobs.batch.start').waitFor()
  await look?.('batch-question')
  await button('jobs.batch.start').press('Enter')
  const documents = page.getByRole('list', { name: say('jobs.batch.documents') })
  await documents.getByText(say('jobs.state.running')).waitFor({ timeout: 60_000 })
  await look?.('batch-working')

  await button('jobs.batch.pause').press('Enter')
  await button('jobs.batch.resume').waitFor({ timeout: 30_000 })
  const states = await documents.getByRole('listitem').allInnerTexts()
  await page.reload()
  await button('jobs.batch.resume').waitFor({ timeout: 30_000 })
  expect(await documents.getByRole('listitem').allInnerTexts()).toEqual(states)
  await page.getByRole('button', { name: new RegExp(say('jobs.line.open')) }).press('Enter')
  await page.getByRole('dialog').getByText(say('jobs.state.paused')).first().waitFor()
  await look?.('jobs-paused')
  await button('jobs.action.resume', { title: 'Files' }).press('Enter')
  await button('jobs.close').press('Enter')

  const overview = page.getByRole('article', { name: say('jobs.batch.overview') })
  await overview.waitFor({ timeout: 240_000 })
  await look?.('batch-done')
  const told = await overview.innerText()
  for (const name of ['Notes.md', 'Report.pdf', 'Chronicle.txt', 'Locked.pdf', 'Stub.txt']) expect(told).toContain(name)
  await overview.getByRole('listitem').getByRole('button').first().press('Enter')
  await page
    .getByRole('complementary', { name: say('documents.source.label') })
    .locator('mark')
    .first()
    .waitFor()
  await page.goBack()
  await overview.waitFor()
}

async function addAndRead(page: Page, say: Words, folder: string): Promise<void> {
  const button = (key: string) => page.getByRole('button', { name: say(key), exact: true })
  await button('library.add.open').first().click()
  await page.getByRole('textbox', { name: say('library.add.field') }).fill(folder)
  await button('library.add.add').click()
  await page.getByRole('heading', { name: path.basename(folder), exact: true }).waitFor()
  const files = page.getByRole('list', { name: say('library.list') }).getByRole('listitem')
  await expect.poll(() => files.count(), { timeout: 30_000 }).toBe(5)
  const open = [say('library.state.waiting'), say('library.state.reading')]
  const unread = async () => (await files.allInnerTexts()).filter((text) => open.some((word) => text.includes(word)))
  await expect.poll(unread, { timeout: 60_000 }).toEqual([])
}
