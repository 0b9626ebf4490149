// Holds a table that may be wider than the page, so that it scrolls by itself, by keyboard too.
import type { ReactNode } from 'react'
import { useTranslate } from '../ui/text.ts'
import styles from './Markdown.module.css'

/** A frame that scrolls sideways. */
export function TableFrame({ children }: { readonly children: ReactNode }): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.tableFrame} tabIndex={0} role="group" aria-label={translate('chat.markdown.table')}>
      {children}
    </div>
  )
}
