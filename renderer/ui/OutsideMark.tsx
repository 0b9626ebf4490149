// The one glyph of the outside world: an arrow that leaves. It stands wherever something leaves this computer.
import { ArrowUpRight } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './OutsideMark.module.css'

/** The glyph in the outside world's own colour; `label` is spoken. */
export function OutsideMark({ label }: { readonly label: string }): ReactNode {
  return (
    <span role="img" aria-label={label} title={label} className={styles.mark}>
      <ArrowUpRight aria-hidden />
    </span>
  )
}
