// A button that shows only an icon; its label is spoken and shown on hover and focus.
import type { ReactNode } from 'react'
import { Button as AriaButton, type ButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components'
import { classNames } from './classNames.ts'
import styles from './IconButton.module.css'

type IconButtonProps = Omit<ButtonProps, 'className' | 'children' | 'style' | 'aria-label'> & {
  readonly label: string
  /** Shown after the label, such as "Ctrl+K". */
  readonly shortcut?: string
  readonly selected?: boolean
  readonly children: ReactNode
}

/** An icon with a spoken label and a tooltip. */
export function IconButton({ label, shortcut, selected, children, ...rest }: IconButtonProps): ReactNode {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton {...rest} aria-label={label} className={classNames(styles.button, selected && styles.selected)}>
        {children}
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        {label}
        {shortcut !== undefined && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  )
}
