// The Activity room: what left this computer and what tried to, and proof that the list is whole.
import { type ReactNode, useEffect } from 'react'
import { useSotto } from '../../state/store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { RoomPage } from '../../ui/RoomPage.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './ActivityRoom.module.css'
import { ChainState } from './ChainState.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import { Totals } from './Totals.tsx'

/** The ledger with its verification; usage will stand in the second column. */
export function ActivityRoom(): ReactNode {
  const translate = useTranslate()
  const openLedger = useSotto((state) => state.openLedger)
  const connected = useSotto((state) => state.connection === 'open')
  const failure = useSotto((state) => state.ledgerFailure)
  // The verdict says the same more exactly.
  const saidAbove = useSotto((state) => state.ledgerVerdict?.intact === false) && failure?.code === 'ledger-broken'
  useEffect(() => {
    if (connected) void openLedger()
  }, [connected, openLedger])
  return (
    <RoomPage title={translate('shell.rail.activity')} lead={translate('activity.lead')} width="wide">
      <ChainState />
      {failure !== null && !saidAbove && <FailureNote failure={failure} />}
      <div className={styles.columns}>
        <Ledger />
      </div>
    </RoomPage>
  )
}

function Ledger(): ReactNode {
  const translate = useTranslate()
  const entries = useSotto((state) => state.ledgerEntries)
  const failed = useSotto((state) => state.ledgerFailure !== null)
  if (entries === null) {
    return <p className={styles.quiet}>{translate(`activity.empty.${failed ? 'unlistable' : 'reading'}`)}</p>
  }
  if (entries.length === 0) {
    return <EmptyState title={translate('activity.empty.title')}>{translate('activity.empty.text')}</EmptyState>
  }
  return (
    <div className={styles.ledger}>
      <Totals />
      <LedgerTable entries={entries} />
    </div>
  )
}
