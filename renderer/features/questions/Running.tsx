// An answer on its way: the question, what is being done, and what is written so far.
import type { ReactNode } from 'react'
import type { RunningQuestion } from '../../state/questions/questionViews.ts'
import { useTranslate } from '../../ui/text.ts'
import { visibleText } from '../../markdown/visibleText.ts'
import styles from './Answer.module.css'

/** The status is spoken when it changes, not with every word. */
export function Running({ running }: { readonly running: RunningQuestion }): ReactNode {
  const translate = useTranslate()
  const { question, passages, text, read } = running
  const status =
    text !== ''
      ? translate('questions.writing')
      : passages !== null && read !== null
        ? translate('questions.thinking', { percent: Math.floor(read * 100) })
        : translate('questions.looking')
  return (
    <article className={styles.answer} aria-busy="true">
      <h2 className={styles.question}>{question}</h2>
      {text !== '' && <p className={styles.text}>{visibleText(text)}</p>}
      <p role="status" className={styles.note}>
        {status}
      </p>
    </article>
  )
}
