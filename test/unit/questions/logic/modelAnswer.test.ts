// What a model wrote, as statements with quotes, and when it says that it found nothing.
import { describe, expect, test } from 'vitest'
import { saysAbsent, statementsOf } from '../../../../main/questions/logic/modelAnswer.ts'

describe('statements', () => {
  test('quotes are taken out of the sentence they follow, before or after its full stop', () => {
    expect(statementsOf('The rent is 900 euros [2]. It is due on the third. [1, 3]')).toEqual([
      { text: 'The rent is 900 euros.', quotes: [2] },
      { text: 'It is due on the third.', quotes: [1, 3] },
    ])
  })
  test('what has no quote has none, and brackets that hold words stay', () => {
    expect(statementsOf('It rained [see annex].')).toEqual([{ text: 'It rained [see annex].', quotes: [] }])
  })
  test('a number in round brackets that names a passage is a quote', () => {
    expect(statementsOf('It rained (passage 4).')).toEqual([{ text: 'It rained.', quotes: [4] }])
  })
})

describe('nothing found', () => {
  test.each([
    'NONE',
    ' none. ',
    '',
    'The passages do not say who designed the bridge.',
    'This is not mentioned in the passages.',
    'Das steht in den Passagen nicht.',
    'Der Text enthält dazu keine Angabe.',
  ])('%j', (answer) => expect(saysAbsent(answer)).toBe(true))
  test.each([
    'The bridge was built in 1612 [1].',
    'None of the members objected [2].',
    'The lease does not end before May [1]. It runs on [1]. The passages do not say why.',
  ])('%j is an answer', (answer) => expect(saysAbsent(answer)).toBe(false))
})
