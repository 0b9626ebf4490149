// One choice of several from a list that opens.
import { Check, ChevronsUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components'
import styles from './Select.module.css'

type SelectProps<T extends string> = {
  readonly label: string
  readonly labelHidden?: boolean
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string; readonly note?: string }[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}

/** A select with typed values. */
export function Select<T extends string>(props: SelectProps<T>): ReactNode {
  return (
    <AriaSelect
      value={props.value}
      isDisabled={props.disabled ?? false}
      onChange={(key) => {
        if (key !== null) props.onChange(String(key) as T) // as: keys are the options' own values
      }}
      className={styles.select ?? ''}
      {...(props.labelHidden === true ? { 'aria-label': props.label } : {})}
    >
      {props.labelHidden !== true && <Label className={styles.label ?? ''}>{props.label}</Label>}
      <Button className={styles.button ?? ''}>
        <SelectValue className={styles.value ?? ''} />
        <ChevronsUpDown aria-hidden />
      </Button>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox className={styles.list ?? ''}>
          {props.options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.label} className={styles.item ?? ''}>
              <span className={styles.itemLabel}>{option.label}</span>
              {option.note !== undefined && <span className={styles.note}>{option.note}</span>}
              <Check aria-hidden className={styles.check} />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
