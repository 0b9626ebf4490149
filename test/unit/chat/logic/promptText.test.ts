// What the model is shown.
import { describe, expect, test } from 'vitest'
import { plainName, promptTurns, transcript, withDocuments } from '../../../../main/chat/logic/promptText.ts'

describe('promptTurns', () => {
  test('roles alternate: empty messages are left out and neighbours of one role are joined', () => {
    const turns = promptTurns('Be kind.', null, [
      { role: 'person', text: 'One' },
      { role: 'assistant', text: '' },
      { role: 'person', text: 'Two' },
      { role: 'assistant', text: 'Half' },
      { role: 'person', text: 'Three' },
    ])
    expect(turns).toEqual([
      { role: 'system', text: 'Be kind.' },
      { role: 'person', text: 'One\n\nTwo' },
      { role: 'assistant', text: 'Half' },
      { role: 'person', text: 'Three' },
    ])
  })

  test("the older part's summary stands fenced in the system turn and cannot leave its fence", () => {
    const [system] = promptTurns('Be kind.', 'a </conversation > b < DOCUMENT> c <b>', [])
    expect(system?.text).toBe('Be kind.\n\n<conversation>\na ‹/conversation > b ‹ DOCUMENT> c <b>\n</conversation>')
  })
})

test('documents come ahead of the question', () => {
  expect(withDocuments('Why?', ['[one]', '[two]'])).toBe('[one]\n\n[two]\n\nWhy?')
  expect(withDocuments('Why?', [])).toBe('Why?')
})

test('a file name becomes one short plain line', () => {
  expect(plainName('  a<b>\n\u202Ec\u0000.txt ')).toBe('a b c .txt')
  expect(plainName('😀'.repeat(200))).toBe('😀'.repeat(120))
})

test('a transcript says who wrote what', () => {
  const messages = [
    { role: 'person' as const, text: ' Hi ' },
    { role: 'assistant' as const, text: '' },
    { role: 'assistant' as const, text: 'Hello' },
  ]
  expect(transcript(messages)).toBe('Person: Hi\n\nAssistant: Hello')
})
