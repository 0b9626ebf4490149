// What a model wrote, sentence by sentence with the places it rests on; what rests on nothing is marked.
import type { AnswerClaim, QuestionAnswer } from '#contract/question.ts'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import { formatCount } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Answer.module.css'
import { reasonOf } from './answerText.ts'
import { PassagePlaces } from './PassagePlaces.tsx'

type ClaimProps = { readonly claim: AnswerClaim; readonly answer: QuestionAnswer }

function Claim({ claim, answer }: ClaimProps): ReactNode {
  const translate = useTranslate()
  const { text, supported, locators, documentId } = claim
  const name = answer.passages.find((passage) => passage.documentId === documentId)?.documentName ?? ''
  return (
    <>
      <span className={supported ? undefined : styles.unsupported}>{visibleText(text)}</span>
      {supported && documentId !== null && (
        <PassagePlaces
          documentId={documentId}
          documentName={'documentId' in answer.scope ? null : name}
          locators={locators}
          text={text}
        />
      )}
      {!supported && (
        <span className={styles.mark}>
          <TriangleAlert aria-hidden />
          {visibleText(reasonOf(claim, translate))}
        </span>
      )}{' '}
    </>
  )
}

/** The answer in serif, its marks in words as well as in colour. */
export function Written({ answer }: { readonly answer: QuestionAnswer }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const count = answer.claims.filter(({ supported }) => !supported).length
  return (
    <>
      <p className={styles.text}>
        {answer.claims.map((claim, index) => (
          <Claim key={index} claim={claim} answer={answer} />
        ))}
      </p>
      {answer.reason !== 'complete' && <p className={styles.note}>{translate(`questions.answer.${answer.reason}`)}</p>}
      {count > 0 && (
        <p className={styles.warning}>
          {translate('questions.answer.unsupportedNote', { count, amount: formatCount(count, language) })}
        </p>
      )}
    </>
  )
}
