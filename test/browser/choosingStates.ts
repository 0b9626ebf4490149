// Several documents in the list: being chosen, about to be summarized together, and a list that is too narrow for its names.
import type { Page } from '@playwright/test'
import type { DocumentRecord } from '#contract/document.ts'
import type { Answers } from './alteredAnswers.ts'
import type { RoomState } from './roomState.ts'
import type { Words } from './words.ts'

const names = [
  'Lease of the harbour office.pdf',
  'Loan of the dredger “Wenna”, with its annexes and both amendments.docx',
  'Pier repairs 2026.pdf',
  'Ferry timetable.csv',
]

/** The host's own document and four more. */
function several(own: readonly DocumentRecord[]): DocumentRecord[] {
  const [first] = own
  if (first === undefined) return []
  return [...own, ...names.map((name, at) => ({ ...first, id: `more-${at}`, name, title: null }))]
}

const answers: Answers = { 'documents.list': (_, own) => several(own ?? []) }

/** Chooses the first three of the list. */
async function choose(page: Page, say: Words): Promise<void> {
  await page.getByRole('button', { name: say('documents.choose.beginWhy') }).click()
  const list = page.getByRole('listbox', { name: say('documents.choose.beginWhy') })
  for (const at of [0, 1, 2]) await list.getByRole('option').nth(at).click()
  await page.getByText(say('documents.choose.count', { count: 3, amount: '3' })).waitFor()
}

/** States of the list. */
export function choosingStates(): readonly RoomState[] {
  return [
    { name: 'documents-choosing', hash: '#/documents', answers, act: choose },
    {
      name: 'documents-together',
      hash: '#/documents',
      answers,
      async act(page, say) {
        await choose(page, say)
        await page.getByRole('button', { name: say('documents.choose.together') }).click()
        await page.getByRole('button', { name: say('jobs.batch.start'), exact: true }).waitFor()
      },
    },
  ]
}
