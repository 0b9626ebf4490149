// One amber line about something that goes, or may go, outside, with what can be done about it at its end.
import type { ReactNode } from 'react'
import { OutsideMark } from './OutsideMark.tsx'
import styles from './OutsideNotice.module.css'

type OutsideNoticeProps = { readonly label: string; readonly children: ReactNode; readonly action?: ReactNode }

/** The glyph with its spoken `label`, words, and an action. */
export function OutsideNotice({ label, children, action }: OutsideNoticeProps): ReactNode {
  return (
    <div className={styles.notice}>
      <OutsideMark label={label} />
      <div className={styles.line}>
        <p className={styles.words}>{children}</p>
        {action}
      </div>
    </div>
  )
}
