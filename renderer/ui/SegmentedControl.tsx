// One choice of a few, laid out in a row.
import type { ReactNode } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components'
import { classNames } from './classNames.ts'
import styles from './SegmentedControl.module.css'

type SegmentedControlProps<T extends string> = {
  readonly label: string
  readonly labelVisible?: boolean
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: ReactNode }[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}

/** A radio group as a row of words. */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>): ReactNode {
  return (
    <RadioGroup
      aria-label={props.label}
      orientation="horizontal"
      value={props.value}
      isDisabled={props.disabled ?? false}
      onChange={(value) => props.onChange(value as T)} // as: the group only holds the options' own values
      className={styles.group ?? ''}
    >
      {props.labelVisible === true && <Label className={styles.label ?? ''}>{props.label}</Label>}
      <div className={styles.row}>
        {props.options.map((option) => (
          <Radio key={option.value} value={option.value} className={classNames(styles.option)}>
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
