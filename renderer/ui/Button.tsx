// Buttons: filled for the one main action, plain for the rest, quiet for tools, outside for what leaves the computer.
import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components'
import styles from './Button.module.css'
import { classNames } from './classNames.ts'

type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & {
  readonly tone?: 'filled' | 'plain' | 'quiet' | 'outside' | 'problem'
  readonly size?: 'regular' | 'small'
  readonly icon?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

/** A button with a word on it; `icon` goes before the word. */
export function Button({ tone = 'plain', size = 'regular', icon, children, ...rest }: ButtonProps): ReactNode {
  return (
    <AriaButton {...rest} className={classNames(styles.button, styles[tone], styles[size])}>
      {icon}
      <span>{children}</span>
    </AriaButton>
  )
}
