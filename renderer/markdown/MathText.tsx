// A formula of a message.
import type { ReactNode } from 'react'
import styles from './Markdown.module.css'
import { visibleText } from './visibleText.ts'

type MathTextProps = { readonly text: string; readonly display: boolean }

/** The formula as it is written, set as code; `display` puts it on a line of its own. */
export function MathText({ text, display }: MathTextProps): ReactNode {
  const code = <code className={styles.math}>{visibleText(text)}</code>
  return display ? <p className={styles.mathLine}>{code}</p> : code
}
