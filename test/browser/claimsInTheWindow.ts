// What a person does to check a summary in the window: reads the marks, narrows to them, reads a page again, sees the prompt.
import type { Page } from '@playwright/test'
import { expect } from 'vitest'
import type { Words } from './words.ts'
import { pressMissed } from './claimStates.ts'

/** Checks the summary that `claimAnswers` puts on the page; the page shows its document. */
export async function claimsInTheWindow(page: Page, say: Words): Promise<void> {
  const summary = page.getByRole('region', { name: say('documents.summary.label') })
  const unsupported = page.getByText('The town will celebrate with fireworks.')
  await unsupported.waitFor()
  for (const reason of [
    say('claims.note.number', { said: '£47.9' }),
    say('claims.note.name', { said: 'Peter Okafor' }),
    say('claims.note.negation', { said: 'not' }),
    say('claims.note.foreign'),
  ]) {
    await summary.getByText(reason).waitFor()
  }
  await summary.getByText(say('claims.tally.check', { count: 3, amount: '3' })).waitFor()
  await summary.getByText(say('claims.tally.filter')).click()
  const sound = summary.getByText('After two years of work the barrier', { exact: false })
  await sound.waitFor({ state: 'detached' })
  await unsupported.waitFor()
  await summary.getByText(say('claims.tally.filter')).click()
  await sound.waitFor()
  await summary.getByText(say('claims.contradictions.date')).waitFor()
  expect(await summary.getByRole('listitem').filter({ hasText: '12 May 2027' }).getByRole('button').count()).toBe(2)
  await rereadInTheWindow(page, say)
  await promptInTheWindow(page, say)
}

async function rereadInTheWindow(page: Page, say: Words): Promise<void> {
  const place = say('claims.reread.page', { unit: '3' })
  await pressMissed(page, say)
  await page.getByText(say('claims.reread.empty', { place })).waitFor()
  await page.getByRole('button', { name: say('claims.reread.again') }).click()
  await page.getByText(say('claims.reread.still', { place })).waitFor()
  await page.getByRole('button', { name: say('claims.reread.close') }).click()
}

async function promptInTheWindow(page: Page, say: Words): Promise<void> {
  await page.getByRole('button', { name: say('documents.provenance.more') }).click()
  await page.getByRole('button', { name: say('claims.prompt.show') }).click()
  await page.getByText('{{document}}').waitFor()
}
