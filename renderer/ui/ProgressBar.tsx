// A real progress bar with its sentence above it.
import type { ReactNode } from 'react'
import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components'
import styles from './ProgressBar.module.css'

type ProgressBarProps = {
  /** 0 to 1, or null while the amount is not known. */
  readonly value: number | null
  readonly label: string
}

/** Progress towards an end that is known; without a value it says only that work goes on. */
export function ProgressBar({ value, label }: ProgressBarProps): ReactNode {
  return (
    <AriaProgressBar value={(value ?? 0) * 100} isIndeterminate={value === null} className={styles.bar ?? ''}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.track}>
        <progress className={styles.fill} aria-hidden {...(value === null ? {} : { value })} max={1} />
      </div>
    </AriaProgressBar>
  )
}
