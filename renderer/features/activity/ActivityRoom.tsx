// The Activity room: what left this computer and what tried to, what was decided, what it cost, and proof that it is whole.
import { type ReactNode, useEffect, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { RoomPage } from '../../ui/RoomPage.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './ActivityRoom.module.css'
import { OpenScopes, Receipts } from './Approvals.tsx'
import { ChainState } from './ChainState.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import { LedgerTools } from './LedgerTools.tsx'
import { Proof } from './Proof.tsx'
import { SelfTest } from './SelfTest.tsx'
import { Totals } from './Totals.tsx'
import { Usage } from './Usage.tsx'

/** The ledger with its verification; usage, cost and the self-test beside it. */
export function ActivityRoom(): ReactNode {
  const translate = useTranslate()
  const openLedger = useSotto((state) => state.openLedger)
  const openCloudRecords = useSotto((state) => state.openCloudRecords)
  const connected = useSotto((state) => state.connection === 'open')
  const failure = useSotto((state) => state.ledgerFailure ?? state.cloudRecordsFailure)
  // The verdict says the same more exactly.
  const saidAbove = useSotto((state) => state.ledgerVerdict?.intact === false) && failure?.code === 'ledger-broken'
  useEffect(() => {
    if (!connected) return
    void openLedger()
    void openCloudRecords()
  }, [connected, openLedger, openCloudRecords])
  return (
    <RoomPage title={translate('shell.rail.activity')} lead={translate('activity.lead')} width="wide">
      <div className={styles.chain}>
        <ChainState />
        <Proof />
      </div>
      {failure !== null && !saidAbove && <FailureNote failure={failure} />}
      <OpenScopes />
      <div className={styles.columns}>
        <Records />
        <aside aria-label={translate('activity.usage.label')} className={styles.beside}>
          <Usage />
          <SelfTest />
        </aside>
      </div>
    </RoomPage>
  )
}

type Shown = 'ledger' | 'receipts'

function Records(): ReactNode {
  const translate = useTranslate()
  const [chosen, setChosen] = useState<Shown>('ledger')
  // A search that something led to is about the ledger.
  const searching = useSotto((state) => state.ledgerFilter.search !== '')
  const shown = searching ? 'ledger' : chosen
  const clear = useSotto((state) => state.filterLedger)
  return (
    <div className={styles.ledger}>
      <SegmentedControl<Shown>
        label={translate('activity.view.label')}
        value={shown}
        onChange={(view) => {
          if (view === 'receipts') clear({ search: '' })
          setChosen(view)
        }}
        options={[
          { value: 'ledger', label: translate('activity.view.ledger') },
          { value: 'receipts', label: translate('activity.view.receipts') },
        ]}
      />
      {shown === 'ledger' ? <Ledger /> : <Receipts />}
    </div>
  )
}

function Ledger(): ReactNode {
  const translate = useTranslate()
  const entries = useSotto((state) => state.ledgerEntries)
  const found = useSotto((state) => state.ledgerFound)
  const failed = useSotto((state) => state.ledgerFailure !== null)
  if (entries === null) {
    return <p className={styles.quiet}>{translate(`activity.empty.${failed ? 'unlistable' : 'reading'}`)}</p>
  }
  if (entries.length === 0) {
    return <EmptyState title={translate('activity.empty.title')}>{translate('activity.empty.text')}</EmptyState>
  }
  return (
    <>
      <Totals />
      <LedgerTools />
      {found?.length === 0 ? (
        <p role="status" className={styles.quiet}>
          {translate('activity.tools.nothing')}
        </p>
      ) : (
        <LedgerTable entries={found ?? entries} found={found !== null} />
      )}
    </>
  )
}
