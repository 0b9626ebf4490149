// A section of the settings: its name and its rows, between thin rules.
import { type ReactNode, useId } from 'react'
import { useTranslate } from '../../ui/text.ts'
import styles from './Section.module.css'

type SectionProps = {
  readonly name: 'appearance' | 'model' | 'privacy' | 'cloud' | 'about'
  readonly children: ReactNode
}

/** A named group of rows. */
export function Section({ name, children }: SectionProps): ReactNode {
  const translate = useTranslate()
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className={styles.section}>
      <h2 id={titleId} className={styles.title}>
        {translate(`settings.sections.${name}`)}
      </h2>
      <div className={styles.rows}>{children}</div>
    </section>
  )
}

type RowProps = {
  readonly label: string
  readonly about?: ReactNode
  /** Below the words: a lock, a failure, a list. */
  readonly below?: ReactNode
  readonly children?: ReactNode
}

/** Words at the left, the control at the right; on a narrow page below each other. */
export function Row({ label, about, below, children }: RowProps): ReactNode {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <h3 className={styles.label}>{label}</h3>
        {about !== undefined && <div className={styles.about}>{about}</div>}
      </div>
      {children !== undefined && <div className={styles.control}>{children}</div>}
      {below !== undefined && <div className={styles.below}>{below}</div>}
    </div>
  )
}
