// The marks on a sentence of a summary: a quiet sign for how well it is carried, a plain one where it needs checking.
import type { Claim } from '#contract/summary.ts'
import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslate } from '../../../ui/text.ts'
import styles from './ClaimMark.module.css'
import { reasonsOf, supportOf } from './claimReasons.ts'

/** `≈` after a sentence in other words; nothing after one that is word for word. */
export function SupportSign({ claim }: { readonly claim: Claim }): ReactNode {
  const translate = useTranslate()
  if (!claim.supported || supportOf(claim) !== 'close') return null
  const words = translate('claims.support.close')
  return (
    <span className={styles.sign} title={words}>
      <span aria-hidden> ≈</span>
      <span className={styles.spoken}>({words})</span>
    </span>
  )
}

/** Glyph and reasons of a sentence that needs checking. */
export function CheckMark({ claim }: { readonly claim: Claim }): ReactNode {
  const translate = useTranslate()
  const reasons = reasonsOf(claim, translate)
  if (reasons.length === 0) return null
  return (
    <span className={styles.mark}>
      <TriangleAlert aria-hidden className={styles.glyph} />
      <span className={styles.spoken}>{translate('claims.mark')}: </span>
      {reasons.join(' · ')}
    </span>
  )
}
