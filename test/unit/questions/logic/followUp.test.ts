// Which words a question takes along from the ones before.
import { describe, expect, test } from 'vitest'
import { withEarlier } from '../../../../main/questions/logic/followUp.ts'
import { readQuestion } from '../../../../main/questions/logic/question.ts'

function carried(before: string, now: string): readonly string[] {
  return withEarlier(readQuestion(now), [readQuestion(before)])
    .terms.filter((term) => term.carried)
    .map(({ shown }) => shown)
}

describe('words carried over', () => {
  test('a question that points back takes the things of the one before, not what was done', () => {
    expect(carried('When was the stone bridge built?', 'And who paid for it?')).toEqual(['stone', 'bridge'])
  })
  test('a name of its own takes the place of the names before', () => {
    expect(carried('What is the salary of Mr Haddad?', 'And of Ms Nilsen?')).toEqual(['salary'])
  })
  test('a question that stands alone takes nothing', () => {
    expect(carried('When was the bridge built?', 'How many members has the rowing club?')).toEqual([])
  })
  test('without words of its own everything is carried, and the kind of answer is the new one', () => {
    const question = withEarlier(readQuestion('And since when?'), [readQuestion('Who is the treasurer?')])
    expect(question.terms.map(({ shown }) => shown)).toEqual(['treasurer'])
    expect(question.answerKind).toBe('time')
  })
  test('German', () => {
    expect(carried('Wie hoch ist der Beitrag?', 'Und wann ist er fällig?')).toEqual(['Beitrag'])
  })
})
