// The mark before a task in a list: done or open, not to be pressed.
import { Square, SquareCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslate } from '../ui/text.ts'
import styles from './Markdown.module.css'

/** A box, ticked or not, with its meaning for a screen reader. */
export function TaskMark({ done }: { readonly done: boolean }): ReactNode {
  const translate = useTranslate()
  return (
    <span
      role="img"
      aria-label={translate(done ? 'chat.markdown.done' : 'chat.markdown.open')}
      className={styles.taskMark}
    >
      {done ? <SquareCheck aria-hidden /> : <Square aria-hidden />}
    </span>
  )
}
