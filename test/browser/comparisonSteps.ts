// Steps of a person who compares two versions and takes the result along; shared by the suite and by the trust rows.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { exportFile } from '#contract/exportFile.ts'
import { wordsOf, type Words } from './words.ts'

/** Two versions of a small contract: one clause moved, numbers, a negation, wording and a new clause. */
export const versions = {
  before: `1. Payment

1.1 The Customer shall pay each invoice within thirty (30) days. Late payments bear interest at 5% per year.

1.2 The Supplier is not liable for indirect damages.

2. Term

2.1 This Agreement begins on 1 May 2024 and continues for two years.

2.2 Disputes are heard by the courts of Vienna, and nowhere else in Austria.

3. Notices

3.1 Notices reach the other party at the address named in the schedule.
`,
  after: `1. Payment

1.1 Disputes are heard by the courts of Vienna, and nowhere else in Austria.

1.2 The Customer shall pay each invoice within forty-five (45) days. Late payments bear interest at 5% per year.

1.3 The Supplier is liable for indirect damages.

2. Term

2.1 This Agreement commences on May 1, 2024 and continues for two years.

3. Notices

3.1 Notices reach the other party at the address named in the schedule.

3.2 Both parties keep records of every delivery for seven years.
`,
} as const

/** The changes on the page, one below the other. */
export function shownChanges(page: Page): Locator {
  return page.locator('[data-change]')
}

/**
 * On the page of a document: opens the view, compares with the file `other` and waits for the changes. Answers how many
 * are shown at first (those of substance).
 */
export async function compareInTheWindow(page: Page, other: string, say: Words = wordsOf('en')): Promise<number> {
  await page.getByRole('tab', { name: say('documents.view.compare') }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: say('comparisons.file'), exact: true }).click()
  await (await chooser).setFiles(other)
  await page.getByRole('region', { name: say('comparisons.label') }).waitFor()
  await shownChanges(page).first().waitFor()
  return shownChanges(page).count()
}

/** What an item of the export menu is called. */
export function wayOut(way: string, say: Words = wordsOf('en')): string {
  return `${say(`exports.${way}`)} ${say(`exports.note.${way}`)}`
}

/** Opens the export menu of what is shown and takes one of its ways; answers the file's name and text. */
export async function exportInTheWindow(
  page: Page,
  format: 'docx' | 'pdf' | 'html' | 'markdown' | 'json',
  say: Words = wordsOf('en'),
): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page
    .getByRole('button', { name: say('exports.open'), exact: true })
    .first()
    .click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: wayOut(format, say), exact: true }).click()
  const file = await download
  const bytes = readFileSync(await file.path())
  if (format === 'json') exportFile.parse(JSON.parse(bytes.toString('utf8')))
  return { name: file.suggestedFilename(), bytes }
}
