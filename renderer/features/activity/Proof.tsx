// What a check of the ledger proves and what it cannot, and the end of the ledger to be kept somewhere else.
import { type ReactNode, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './Proof.module.css'

/** Folded away; most people need the verdict only. */
export function Proof(): ReactNode {
  const translate = useTranslate()
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.more}>
      <Button
        size="small"
        tone="quiet"
        aria-expanded={open}
        aria-controls="ledger-proof"
        onPress={() => setOpen(!open)}
      >
        {translate('activity.proof.open')}
      </Button>
      <div id="ledger-proof" hidden={!open} className={styles.proof}>
        {open && <Inside />}
      </div>
    </div>
  )
}

function Inside(): ReactNode {
  const translate = useTranslate()
  const anchor = useSotto((state) => state.ledgerAnchor)
  const readAnchor = useSotto((state) => state.readAnchor)
  const written = anchor === null ? '' : `${anchor.entries} ${anchor.hash}`
  return (
    <>
      <p>{translate('activity.proof.proves')}</p>
      <p>{translate('activity.proof.cannot')}</p>
      <p>{translate('activity.proof.anchor')}</p>
      {anchor === null ? (
        <Button size="small" onPress={() => void readAnchor()}>
          {translate('activity.proof.readAnchor')}
        </Button>
      ) : (
        <p className={styles.anchor}>
          <code>{written}</code>
          <CopyButton text={written} label={translate('activity.proof.copy')} />
        </p>
      )}
    </>
  )
}
