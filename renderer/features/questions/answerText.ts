// An answer as plain text for the clipboard: the question, the sentences with their places and marks.
import type { AnswerClaim, QuestionAnswer } from '#contract/question.ts'
import { chipsOf } from '../../ui/locatorChips.ts'
import type { Translate } from '../../ui/text.ts'

/** Why a sentence needs checking, in words. */
export function reasonOf({ notes = [], support }: AnswerClaim, translate: Translate): string {
  if (notes.length > 0) return notes.map(({ kind, said }) => translate(`claims.note.${kind}`, { said })).join('; ')
  return translate(support === 'partly' ? 'claims.note.partly' : 'questions.answer.unsupported')
}

/** What a person pastes elsewhere keeps its marks. */
export function answerAsText(answer: QuestionAnswer, translate: Translate): string {
  const { question, outcome, claims, scope, passages } = answer
  if (outcome === 'absent') {
    const place = 'documentId' in scope ? 'document' : 'library'
    return `${question}\n\n${translate(`questions.answer.absent.${place}`)}`
  }
  const lines = claims.map((claim) => {
    const { text, supported, locators, documentId } = claim
    if (!supported) return `${text} [⚠ ${reasonOf(claim, translate)}]`
    const places = chipsOf(locators).map((chip) => translate(`documents.chip.${chip.key}`, chip.values))
    const name = passages.find((passage) => passage.documentId === documentId)?.documentName
    const from = 'documentId' in scope || name === undefined ? places : [name, ...places]
    return from.length === 0 ? text : `${text} (${from.join(', ')})`
  })
  return `${question}\n\n${lines.join(outcome === 'passages' ? '\n' : ' ')}`
}
