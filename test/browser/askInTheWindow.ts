// What a person does to ask a document in the window: a question, a passage opened, one that is not there, a follow-up.
import type { Locator, Page } from '@playwright/test'
import { expect } from 'vitest'
import type { Words } from './words.ts'

/** Answers on the page, oldest first. */
export function answersOn(page: Page): Locator {
  return page.locator('article[data-outcome]')
}

/** Writes a question, asks it by Enter and waits for its answer. */
export async function askOnPage(page: Page, say: Words, question: string): Promise<Locator> {
  const before = await answersOn(page).count()
  const field = page.getByRole('textbox', { name: say('questions.field') })
  await field.fill(question)
  await field.press('Enter')
  const answer = answersOn(page).nth(before)
  await answer.waitFor()
  return answer
}

/** Asks the meeting notes that come along; the page shows them. The starter model gives passages. */
export async function askInTheWindow(page: Page, say: Words): Promise<void> {
  await page.getByRole('tab', { name: say('documents.view.ask'), exact: true }).click()
  await page.getByText(say('questions.empty.document'), { exact: true }).waitFor()
  const grant = await askOnPage(page, say, 'How much is the council grant?')
  expect(await grant.getAttribute('data-outcome')).toBe('passages')
  expect(await grant.locator('mark').first().innerText()).toBe('The council grant is £12,000, the same as last year.')
  const place = say('documents.chip.line', { line: 20 })
  await grant
    .getByRole('button', { name: say('questions.answer.show', { place }), exact: true })
    .first()
    .click()
  const source = page.getByRole('complementary', { name: say('documents.source.label') })
  await source.locator('mark', { hasText: '£12,000' }).waitFor()
  await page.keyboard.press('Escape')
  await source.waitFor({ state: 'detached' })

  const absent = await askOnPage(page, say, 'What is the email address of the mayor?')
  expect(await absent.getAttribute('data-outcome')).toBe('absent')
  await absent.getByText(say('questions.answer.absent.document'), { exact: true }).waitFor()
  await absent.getByText('email', { exact: false }).first().waitFor()
}
