// Shown over the window when the program behind it is gone; says what was kept.
import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useTranslate } from '../ui/text.ts'
import styles from './Lost.module.css'

/** A sheet that covers the rooms until the page is loaded again. */
export function Lost(): ReactNode {
  const translate = useTranslate()
  return (
    <div role="alertdialog" aria-label={translate('shell.lost.title')} className={styles.lost}>
      <div className={styles.sheet}>
        <EmptyState
          title={translate('shell.lost.title')}
          action={
            <Button tone="filled" autoFocus onPress={() => window.location.reload()}>
              {translate('shell.lost.reload')}
            </Button>
          }
        >
          {translate('shell.lost.text')}
        </EmptyState>
      </div>
    </div>
  )
}
