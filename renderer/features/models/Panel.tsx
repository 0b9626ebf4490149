// A small titled part of the room's side column.
import { type ReactNode, useId } from 'react'
import styles from './Panel.module.css'

/** A title over its content. */
export function Panel({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId} className={styles.panel}>
      <h2 id={titleId} className={styles.title}>
        {title}
      </h2>
      {children}
    </section>
  )
}
