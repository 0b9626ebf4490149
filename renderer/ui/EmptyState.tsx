// What a room says when there is nothing in it yet: one sentence and the next step.
import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

type EmptyStateProps = { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode }

/** A quiet page with a title, a sentence and at most a few actions. */
export function EmptyState({ title, children, action }: EmptyStateProps): ReactNode {
  return (
    <div className={styles.state}>
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </div>
  )
}
