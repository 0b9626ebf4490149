// On or off, with its meaning beside it.
import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'
import styles from './Switch.module.css'

type SwitchProps = {
  readonly selected: boolean
  readonly onChange: (selected: boolean) => void
  readonly disabled?: boolean
  /** Only spoken, where the words already stand beside the switch. */
  readonly labelHidden?: boolean
  readonly children: ReactNode
}

/** A labelled switch. */
export function Switch({ selected, onChange, disabled, labelHidden = false, children }: SwitchProps): ReactNode {
  return (
    <AriaSwitch
      isSelected={selected}
      onChange={onChange}
      isDisabled={disabled ?? false}
      className={styles.switch ?? ''}
    >
      <span className={styles.track} aria-hidden>
        <span className={styles.thumb} />
      </span>
      <span className={labelHidden ? styles.spoken : ''}>{children}</span>
    </AriaSwitch>
  )
}
