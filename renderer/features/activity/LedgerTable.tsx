// The ledger as a table, a day at a time; older entries come on demand.
import { type ReactNode, useMemo, useState } from 'react'
import type { LedgerEntry } from '#contract/ledger.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { type Language, type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import { regionalForm } from '../../ui/format.ts'
import { LedgerLine } from './LedgerLine.tsx'
import { byDay, ledgerRows } from './ledgerRows.ts'
import styles from './LedgerTable.module.css'

const columns = ['when', 'what', 'to', 'sent', 'received', 'result'] as const
const amounts: readonly string[] = ['sent', 'received']

type LedgerTableProps = { readonly entries: readonly LedgerEntry[]; readonly found: boolean }

/** Every loaded row, newest first; `found` says they are what a search gave, and then no older ones follow. */
export function LedgerTable({ entries, found }: LedgerTableProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const days = useMemo(() => byDay(ledgerRows(entries)), [entries])
  const [open, setOpen] = useState<number | null>(null)
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <caption className={styles.caption}>{translate('activity.table.label')}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={classNames(amounts.includes(column) && styles.amount, styles[column])}
              >
                {translate(`activity.table.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className={styles.spoken}>{translate('activity.table.details')}</span>
            </th>
          </tr>
        </thead>
        {days.map(({ day, at, rows }) => (
          <tbody key={day}>
            <tr>
              <th colSpan={columns.length + 1} scope="rowgroup" className={styles.day}>
                {dayWords(at, translate, language)}
              </th>
            </tr>
            {rows.map((row) => (
              <LedgerLine
                key={row.seq}
                row={row}
                open={open === row.seq}
                onToggle={() => setOpen(open === row.seq ? null : row.seq)}
              />
            ))}
          </tbody>
        ))}
      </table>
      {!found && <Older />}
    </div>
  )
}

function Older(): ReactNode {
  const translate = useTranslate()
  const complete = useSotto((state) => state.ledgerComplete)
  const loading = useSotto((state) => state.ledgerLoading)
  const loadOlder = useSotto((state) => state.loadOlderLedger)
  if (complete) return <p className={styles.end}>{translate('activity.table.end')}</p>
  return (
    <div className={styles.older}>
      <Button isDisabled={loading} onPress={() => void loadOlder()}>
        {translate(loading ? 'activity.table.loading' : 'activity.table.older')}
      </Button>
    </div>
  )
}

function dayWords(at: Date, translate: Translate, language: Language): string {
  const today = new Date(new Date().toDateString())
  const days = Math.round((today.getTime() - at.getTime()) / 86_400_000)
  if (days === 0) return translate('activity.table.today')
  if (days === 1) return translate('activity.table.yesterday')
  const year = at.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const) // as: a literal option
  return new Intl.DateTimeFormat(regionalForm(language), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
  }).format(at)
}
