// Whether the ledger is whole, in one line, and the button that checks it again.
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LedgerVerdict } from '#contract/ledger.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { formatDuration } from '../../ui/format.ts'
import { type Language, type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './ChainState.module.css'
import { useNow } from './useNow.ts'

const justNowMilliseconds = 60_000

/** The verdict and when it was reached. */
export function ChainState(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const verdict = useSotto((state) => state.ledgerVerdict)
  const verifying = useSotto((state) => state.ledgerVerifying)
  const verify = useSotto((state) => state.verifyLedger)
  const now = useNow(15_000)
  return (
    <section className={styles.state} data-verdict={stateOf(verdict)}>
      {icon(verdict)}
      <div className={styles.words} role="status">
        <p className={styles.verdict}>{verdictWords(verdict, verifying, translate)}</p>
        {verdict !== null && <p className={styles.when}>{whenWords(verdict, now, translate, language)}</p>}
        {verdict?.intact === true && !verdict.anchored && (
          <p className={styles.note}>{translate('activity.chain.unanchoredWhy')}</p>
        )}
        {verdict?.intact === false && <p className={styles.note}>{translate('activity.chain.brokenNext')}</p>}
      </div>
      <Button size="small" isDisabled={verifying} onPress={() => void verify()}>
        {translate('activity.chain.check')}
      </Button>
    </section>
  )
}

function stateOf(verdict: LedgerVerdict | null): 'unknown' | 'sound' | 'unanchored' | 'broken' {
  if (verdict === null) return 'unknown'
  if (!verdict.intact) return 'broken'
  return verdict.anchored ? 'sound' : 'unanchored'
}

function icon(verdict: LedgerVerdict | null): ReactNode {
  switch (stateOf(verdict)) {
    case 'sound':
      return <ShieldCheck aria-hidden className={classNames(styles.icon, styles.sound)} />
    case 'broken':
      return <ShieldAlert aria-hidden className={classNames(styles.icon, styles.broken)} />
    case 'unanchored':
      return <ShieldCheck aria-hidden className={styles.icon} />
    case 'unknown':
      return <ShieldQuestionMark aria-hidden className={styles.icon} />
  }
}

function verdictWords(verdict: LedgerVerdict | null, verifying: boolean, translate: Translate): string {
  // While a check repeats itself its last answer stays, so that nothing jumps.
  if (verdict === null) return translate(verifying ? 'activity.chain.checking' : 'activity.chain.unchecked')
  if (verdict.broken !== null) {
    const what = translate(`activity.chain.brokenWhat.${verdict.broken.reason}`)
    return translate('activity.chain.broken', { seq: verdict.broken.seq, what })
  }
  return translate(verdict.anchored ? 'activity.chain.intact' : 'activity.chain.unanchored')
}

function whenWords(verdict: LedgerVerdict, now: number, translate: Translate, language: Language): string {
  const age = now - new Date(verdict.checkedAt).getTime()
  const when =
    age < justNowMilliseconds
      ? translate('activity.chain.checkedJustNow')
      : translate('activity.chain.checkedAgo', { time: formatDuration(age, language) })
  return `${translate('activity.chain.entries', { count: verdict.entries })} · ${when}`
}
