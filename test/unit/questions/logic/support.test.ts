// What is refused before any model is asked: the question's own words must be met where the answer stands.
import { describe, expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { atOnce } from '../../../../main/text/logic/steps.ts'
import { indexExcerpts } from '../../../../main/questions/logic/excerptIndex.ts'
import { passagesOf } from '../../../../main/questions/logic/passages.ts'
import { readQuestion } from '../../../../main/questions/logic/question.ts'
import { findTerms, rankLines, rarityOf } from '../../../../main/questions/logic/ranking.ts'
import { supportOf } from '../../../../main/questions/logic/support.ts'

/** Whether these paragraphs, under this title, are said not to answer. */
function isRefused(asked: string, texts: readonly string[], title = 'Papers'): boolean {
  const segments = texts.map((text, at): Segment => ({
    text,
    kind: text.includes('\t') ? 'table' : 'paragraph',
    locator: { kind: 'lines', from: at + 1, to: at + 1 },
  }))
  const excerpt = { documentId: 'd', documentName: 'd.txt', title, position: 0, segments }
  const index = atOnce(indexExcerpts([excerpt]))
  const question = readQuestion(asked)
  const hits = findTerms(index, question)
  const rarity = rarityOf(
    index.lines.length,
    hits.map((found) => found.size),
  )
  const search = { question, index, hits, rarity }
  const found = passagesOf(index, rankLines(search), { count: 6, characters: 700 })
  return supportOf(search, found).absent
}

const club = [
  'The accounts are kept by Colin Birch.',
  'The boats lie in the shed behind the weir.',
  'Hanna Voss orders the paint in spring.',
]

describe('who did it is told apart by what was done', () => {
  test.each([
    ['Who keeps the accounts?', false],
    ['Who audits the accounts?', true],
    ['Who orders the paint?', false],
    ['Who owns the shed?', true],
  ])('%s', (question, refused) => {
    expect(isRefused(question, club)).toBe(refused)
  })

  test('what was done beside it, by somebody else, is not it', () => {
    const texts = ['The engine was started by Ines Duarte.', 'Gareth Moody repaired the pump.']
    expect([isRefused('Who repaired the engine?', texts), isRefused('Who repaired the pump?', texts)]).toEqual([
      true,
      false,
    ])
  })

  test('small words after who are nothing that was done', () => {
    const texts = ['The landlord must be informed of any damage at once.', 'Der Vermieter muss informiert werden.']
    expect(isRefused('Who else must be informed?', texts)).toBe(false)
    expect(isRefused('Wer sonst muss informiert werden?', texts)).toBe(false)
    expect(isRefused('Who else must be insured?', texts)).toBe(true)
  })

  test('a row of a table needs no verb', () => {
    const rows = ['Name\tDepartment\nRuth Calder\tPurchasing\nYuki Tanaka\tPayroll']
    expect(isRefused('Who works in Payroll?', rows)).toBe(false)
  })
})

test('words that only name the document carry no answer', () => {
  const texts = ['This manual for the Tessel pump comes with every Tessel pump.', 'It weighs 86 kilograms.']
  const title = 'Tessel pump manual'
  expect(isRefused('What does the Tessel pump weigh?', texts, title)).toBe(false)
  expect(isRefused('How loud is the Tessel pump?', texts, title)).toBe(true)
})

describe('a figure belongs to the sentence it stands in', () => {
  const cash = 'Vaccinations before a journey have to be paid in cash.'

  test('the next sentence has another one', () => {
    const texts = ['A certificate for an employer is written at once for 45 pounds.', cash]
    expect(isRefused('What does a vaccination cost?', texts)).toBe(true)
  })

  test('the next sentence goes on about the same', () => {
    expect(isRefused('What does a vaccination cost?', [cash, 'They are 45 pounds each.'])).toBe(false)
  })
})

test('times, numbers and forms as people write them', () => {
  const texts = ['The door is opened at half past seven.', 'The boiler is serviced every second spring.']
  expect(isRefused('When does the door open?', texts)).toBe(false)
  expect(isRefused('How often is the boiler serviced?', texts)).toBe(false)
  const german = ['Die Treppe wird von Herrn Jansen gefegt.', 'Die Mülltonnen werden am Freitag geleert.']
  expect(isRefused('Wer fegt die Treppe?', german)).toBe(false)
  expect(isRefused('Wann wird die Mülltonne geleert?', german)).toBe(false)
  expect(isRefused('Wer streicht die Treppe?', german)).toBe(true)
})
