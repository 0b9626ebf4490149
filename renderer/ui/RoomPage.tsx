// A room that is one page: its title, one sentence, and what stands below; it scrolls as a whole.
import type { ReactNode } from 'react'
import { classNames } from './classNames.ts'
import styles from './RoomPage.module.css'

type RoomPageProps = {
  readonly title: string
  readonly lead?: ReactNode
  /** `column` is a comfortable line of text wide, `wide` holds a table or two columns. */
  readonly width: 'column' | 'wide'
  readonly children: ReactNode
}

/** A page with a heading. */
export function RoomPage({ title, lead, width, children }: RoomPageProps): ReactNode {
  return (
    <div className={styles.scroll}>
      <div className={classNames(styles.page, styles[width])}>
        <header className={styles.header}>
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </header>
        {children}
      </div>
    </div>
  )
}
