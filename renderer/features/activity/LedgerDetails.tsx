// Everything the ledger holds about a row, for whoever has to answer to somebody.
import type { ReactNode } from 'react'
import { formatBytes, regionalForm } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './LedgerDetails.module.css'
import type { LedgerRow } from './ledgerRows.ts'

/** Address, numbers, time, digest and seals. Never content: the ledger has none. */
export function LedgerDetails({ row }: { readonly row: LedgerRow }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const [first, second] = row.entries
  const at = new Intl.DateTimeFormat(regionalForm(language), { dateStyle: 'full', timeStyle: 'long' }).format(
    new Date(row.at),
  )
  const numbers =
    second === undefined
      ? String(first.seq)
      : translate('activity.details.entryRange', { from: first.seq, to: second.seq })
  return (
    <dl className={styles.details}>
      <Detail name="address" code>
        {row.destination}
      </Detail>
      <Detail name="at">{at}</Detail>
      <Detail name="entries">{numbers}</Detail>
      <Detail name="received">{formatBytes(row.receivedBytes, language)}</Detail>
      <Detail name="digest" code={first.digest !== null}>
        {first.digest ?? translate('activity.details.nothing')}
      </Detail>
      {first.grantId !== null && (
        <Detail name="grant" code>
          {first.grantId}
        </Detail>
      )}
      {first.model !== undefined && (
        <Detail name="model" code>
          {first.model}
        </Detail>
      )}
      <Detail name="version">{first.appVersion}</Detail>
      {row.entries.map(({ seq, hash }) => (
        <Detail key={seq} name="hash" code>
          {hash}
        </Detail>
      ))}
    </dl>
  )
}

type DetailProps = { readonly name: string; readonly code?: boolean; readonly children: ReactNode }

function Detail({ name, code = false, children }: DetailProps): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.detail}>
      <dt>{translate(`activity.details.${name}`)}</dt>
      <dd className={code ? styles.code : ''}>{children}</dd>
    </div>
  )
}
