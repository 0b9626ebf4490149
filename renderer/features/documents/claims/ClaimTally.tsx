// How well a summary is carried, counted, and the way to see only what needs checking.
import type { Claim } from '#contract/summary.ts'
import { Check, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../../ui/format.ts'
import { Switch } from '../../../ui/Switch.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './ClaimTally.module.css'
import { tallyOf } from './claimReasons.ts'

type ClaimTallyProps = {
  readonly claims: readonly Claim[]
  readonly filtered: boolean
  readonly onFilter: (filtered: boolean) => void
}

/** One line under the text; the switch is there only where something needs checking. */
export function ClaimTally({ claims, filtered, onFilter }: ClaimTallyProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { verbatim, close, check } = tallyOf(claims)
  const amount = (count: number): { count: number; amount: string } => ({ count, amount: formatCount(count, language) })
  const sound = [
    ...(verbatim > 0 ? [translate('claims.tally.verbatim', amount(verbatim))] : []),
    ...(close > 0 ? [translate('claims.tally.close', amount(close))] : []),
  ].join(' · ')
  return (
    <div className={styles.tally}>
      <p className={styles.line}>
        <Check aria-hidden className={styles.glyph} />
        {check === 0 ? `${translate('claims.tally.sound')}: ${sound}` : sound || '0'}
      </p>
      {check > 0 && (
        <p className={styles.check}>
          <TriangleAlert aria-hidden className={styles.glyph} />
          {translate('claims.tally.check', amount(check))}
        </p>
      )}
      {check > 0 && (
        <Switch selected={filtered} onChange={onFilter}>
          {translate('claims.tally.filter')}
        </Switch>
      )}
    </div>
  )
}
