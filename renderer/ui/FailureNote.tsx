// How every failure looks: what happened, what was kept or what to do, and the next step as a button.
import type { Failure } from '#contract/failures.ts'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { failureValues } from '../../preload/failureValues.ts'
import styles from './FailureNote.module.css'
import { useLanguage, useTranslate } from './text.ts'

type FailureNoteProps = { readonly failure: Failure; readonly action?: ReactNode }

/** A failure in plain words, from the one table of sentences. */
export function FailureNote({ failure, action }: FailureNoteProps): ReactNode {
  const translate = useTranslate()
  const values = failureValues(failure, useLanguage())
  return (
    <div role="alert" className={styles.note} data-failure={failure.code}>
      <CircleAlert aria-hidden className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.message}>{translate(`failures.${failure.code}.message`, values)}</p>
        <p className={styles.next}>{translate(`failures.${failure.code}.nextStep`, values)}</p>
        {action !== undefined && <div className={styles.action}>{action}</div>}
      </div>
    </div>
  )
}
