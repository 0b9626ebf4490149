// One row of the ledger, and below it, on demand, everything the ledger holds about it.
import { ChevronDown, Minus } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Button } from 'react-aria-components'
import { classNames } from '../../ui/classNames.ts'
import { formatBytes, regionalForm } from '../../ui/format.ts'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import { LedgerDetails } from './LedgerDetails.tsx'
import styles from './LedgerLine.module.css'
import { destinationParts, type LedgerResult, type LedgerRow } from './ledgerRows.ts'

type LedgerLineProps = { readonly row: LedgerRow; readonly open: boolean; readonly onToggle: () => void }

/** A table row, or two while its details are open. */
export function LedgerLine({ row, open, onToggle }: LedgerLineProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const detailsId = useId()
  const at = new Date(row.at)
  const time = new Intl.DateTimeFormat(regionalForm(language), { hour: 'numeric', minute: '2-digit' }).format(at)
  return (
    <>
      <tr className={classNames(styles.row, row.left && styles.left)} data-left={row.left}>
        <td className={styles.when}>
          <span className={styles.mark}>
            {row.left ? <OutsideMark label={translate('activity.table.left')} /> : <Stayed />}
            <time dateTime={row.at}>{time}</time>
          </span>
        </td>
        <td>{translate(`activity.purpose.${row.purpose}`)}</td>
        <td className={styles.to}>{destinationParts(row.destination)?.host ?? translate('activity.nowhere')}</td>
        <Amount name="sent" bytes={row.sentBytes} />
        <Amount name="received" bytes={row.receivedBytes} />
        <td className={styles.result}>{resultWords(row.result, translate)}</td>
        <td className={styles.more}>
          <Button
            aria-label={translate('activity.table.showDetails', { seq: row.seq })}
            aria-expanded={open}
            aria-controls={detailsId}
            className={classNames(styles.toggle, open && styles.open)}
            onPress={onToggle}
          >
            <ChevronDown aria-hidden />
          </Button>
        </td>
      </tr>
      {open && (
        <tr id={detailsId} className={styles.details}>
          <td colSpan={7}>
            <LedgerDetails row={row} />
          </td>
        </tr>
      )}
    </>
  )
}

type AmountProps = { readonly name: 'sent' | 'received'; readonly bytes: number }

function Amount({ name, bytes }: AmountProps): ReactNode {
  const language = useLanguage()
  return (
    <td className={classNames(styles.amount, styles[name], bytes > 0 ? styles.some : styles.none)}>
      {formatBytes(bytes, language)}
    </td>
  )
}

function Stayed(): ReactNode {
  const translate = useTranslate()
  return (
    <span role="img" aria-label={translate('activity.table.stayed')} className={styles.stayed}>
      <Minus aria-hidden />
    </span>
  )
}

function resultWords(result: LedgerResult, translate: Translate): string {
  switch (result.kind) {
    case 'cut':
    case 'refusedBy':
      return translate(`activity.result.${result.kind}`, { by: translate(`activity.result.by.${result.by}`) })
    case 'refused':
      return translate(`activity.result.refused.${result.reason}`)
    case 'error':
      return translate('activity.result.error', { status: result.status })
    case 'unreached':
      return translate('activity.result.unreached', { reason: result.reason })
    case 'grant':
      return translate(`activity.result.grant.${result.code}`)
    case 'decision':
      return translate(`activity.result.decision.${result.event}`, {
        scope: translate(`activity.receipts.scope.${result.scope}`),
      })
    case 'other':
      return translate('activity.result.other', { code: result.code })
    case 'pending':
    case 'complete':
    case 'stopped':
    case 'redirected':
    case 'unapproved':
      return translate(`activity.result.${result.kind}`)
  }
}
