// That it is not there, said plainly, with the reason.
import type { QuestionAnswer } from '#contract/question.ts'
import type { ReactNode } from 'react'
import { useTranslate } from '../../ui/text.ts'
import styles from './Answer.module.css'

/** Nobody guessed: either nothing carries an answer, or the model said so itself. */
export function Absent({ answer }: { readonly answer: QuestionAnswer }): ReactNode {
  const translate = useTranslate()
  const { absentBecause, missing, provenance, scope } = answer
  if (absentBecause === 'nothing-read')
    return <p className={styles.text}>{translate('questions.answer.absent.nothing')}</p>
  const model = provenance.model?.name ?? ''
  return (
    <div className={styles.absent}>
      <p className={styles.text}>
        {translate(`questions.answer.absent.${'documentId' in scope ? 'document' : 'library'}`)}
      </p>
      <p className={styles.note}>
        {absentBecause === 'model'
          ? translate('questions.answer.absent.model', { model })
          : translate('questions.answer.absent.search')}
        {missing.length > 0 && ` ${translate('questions.answer.absent.missing', { words: missing.join(', ') })}`}
      </p>
    </div>
  )
}
