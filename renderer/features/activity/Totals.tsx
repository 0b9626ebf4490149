// The sums of the whole ledger, as three figures.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { classNames } from '../../ui/classNames.ts'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { formatBytes, formatCount, formatDay } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Totals.module.css'

/** Content sent, requests without content, and refusals since the first entry. */
export function Totals(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const totals = useSotto((state) => state.ledgerTotals)
  if (totals === null) return null
  const { contentBytes, publicRequests, refusals, since } = totals
  return (
    <dl aria-label={translate('activity.totals.label')} className={styles.totals}>
      <Figure
        value={formatBytes(contentBytes, language)}
        outside={contentBytes > 0 && translate('activity.table.left')}
        label={translate('activity.totals.content', { since: formatDay(new Date(since), new Date(), language) })}
      />
      <Figure
        value={formatCount(publicRequests, language)}
        label={translate('activity.totals.requests', { count: publicRequests })}
      />
      <Figure
        value={formatCount(refusals, language)}
        label={translate('activity.totals.refusals', { count: refusals })}
      />
    </dl>
  )
}

type FigureProps = { readonly value: string; readonly label: string; readonly outside?: string | false }

function Figure({ value, label, outside = false }: FigureProps): ReactNode {
  return (
    <div className={styles.figure}>
      <dt className={styles.label}>{label}</dt>
      <dd className={classNames(styles.value, outside !== false && styles.outside)}>
        {outside !== false && <OutsideMark label={outside} />}
        {value}
      </dd>
    </div>
  )
}
