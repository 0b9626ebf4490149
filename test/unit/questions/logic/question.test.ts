// What a question is taken to look for: words with weights, phrases, the kind of answer, the language.
import { describe, expect, test } from 'vitest'
import { readQuestion } from '../../../../main/questions/logic/question.ts'

function wordsOf(text: string): string[] {
  return readQuestion(text).terms.map(({ shown, kind }) => `${shown}:${kind}`)
}

describe('words', () => {
  test('asking words and stop words are no words to look for; names and numbers are told apart', () => {
    expect(wordsOf('What is the fee of Mr Aubrey for room 214?')).toEqual([
      'fee:thing',
      'Mr:name',
      'Aubrey:name',
      'room:thing',
      '214:number',
    ])
  })
  test('the verb of a question weighs less than its things', () => {
    const [lease, end] = readQuestion('When does the lease end?').terms
    expect([lease?.kind, end?.kind]).toEqual(['thing', 'act'])
    expect((lease?.weight ?? 0) > (end?.weight ?? 0)).toBe(true)
  })
  test('German nouns are things, and what is written small is said in many ways', () => {
    expect(wordsOf('Wann wurde der Vertrag unterzeichnet?')).toEqual(['Vertrag:thing', 'unterzeichnet:act'])
  })
  test('a phrase in quotation marks stands together', () => {
    expect(readQuestion('Where is "notice in writing" defined?').phrases).toEqual([['notic', 'in', 'writ']])
  })
  test('a number with letters is a number and is shown whole', () => {
    expect(wordsOf('Was bedeutet A07?')).toEqual(['bedeutet:act', 'A07:number'])
  })
  test('nothing but asking words leaves nothing to look for', () => {
    expect(readQuestion('What is it?').terms).toEqual([])
    expect(readQuestion('???').terms).toEqual([])
  })
})

describe('after who only a verb tells something', () => {
  test.each([
    ['Who else must be informed?', ['informed:act']],
    ['Who in the company approves travel?', ['company:thing', 'approves:thing', 'travel:thing']],
    ['Who exactly owns the shed?', ['owns:act', 'shed:thing']],
    ['Who currently keeps the accounts?', ['keeps:act', 'accounts:thing']],
    ['Who besides the chair signs contracts?', ['chair:thing', 'signs:thing', 'contracts:thing']],
    ['Wer sonst muss informiert werden?', ['informiert:act']],
    ['Wer in der Firma genehmigt Reisen?', ['Firma:thing', 'genehmigt:act', 'Reisen:thing']],
    ['Wer außer dem Vorstand unterschreibt?', ['Vorstand:thing', 'unterschreibt:act']],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })
})

describe('language and kind of answer', () => {
  test.each([
    ['When does the lease begin?', 'en', 'time'],
    ['How long is the notice period?', 'en', 'duration'],
    ['How much does the kettle cost?', 'en', 'amount'],
    ['How much oil goes in?', 'en', 'number'],
    ['Who signed it?', 'en', 'person'],
    ['What is his email address?', 'en', 'email'],
    ['What does clause 4 say about pets?', 'en', null],
    ['Wann beginnt der Vertrag?', 'de', 'time'],
    ['Wie lange gilt die Gewährleistung?', 'de', 'duration'],
    ['Was kostet die Fahrt?', 'de', 'amount'],
    ['Wer führt die Kasse?', 'de', 'person'],
    ['Welche Telefonnummer hat das Hotel?', 'de', 'phone'],
  ] as const)('%s', (text, language, answerKind) => {
    const question = readQuestion(text)
    expect([question.language, question.answerKind]).toEqual([language, answerKind])
  })
})
