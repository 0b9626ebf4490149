// A labelled line or area of text.
import type { ReactNode, Ref } from 'react'
import { Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components'
import styles from './TextField.module.css'

type TextFieldProps = {
  readonly label: string
  readonly labelHidden?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly description?: string
  readonly multiline?: boolean
  readonly disabled?: boolean
  readonly type?: 'text' | 'search' | 'password' | 'number'
  readonly inputRef?: Ref<HTMLInputElement>
}

/** A text field whose label is always there for a screen reader, and for the eye unless hidden. */
export function TextField(props: TextFieldProps): ReactNode {
  const shared = { className: styles.input ?? '', placeholder: props.placeholder ?? '' }
  return (
    <AriaTextField
      value={props.value}
      onChange={props.onChange}
      isDisabled={props.disabled ?? false}
      className={styles.field ?? ''}
      {...(props.labelHidden === true ? { 'aria-label': props.label } : {})}
    >
      {props.labelHidden !== true && <Label className={styles.label ?? ''}>{props.label}</Label>}
      {props.multiline === true ? (
        <TextArea {...shared} rows={3} />
      ) : (
        <Input
          {...shared}
          type={props.type ?? 'text'}
          {...(props.inputRef === undefined ? {} : { ref: props.inputRef })}
        />
      )}
      {props.description !== undefined && (
        <Text slot="description" className={styles.description ?? ''}>
          {props.description}
        </Text>
      )}
    </AriaTextField>
  )
}
