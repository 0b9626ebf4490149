// A finished summary: what was read, the claims with their places, and how it was made.
import type { DocumentRecord } from '#contract/document.ts'
import type { Summary } from '#contract/summary.ts'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useSotto } from '../../../state/store.ts'
import { classNames } from '../../../ui/classNames.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { ExportSlot } from '../../../ui/ExportSlot.tsx'
import { useTranslate } from '../../../ui/text.ts'
import { PassageChips } from '../PassageChips.tsx'
import { CheckMark, SupportSign } from '../claims/ClaimMark.tsx'
import { layoutClaims, onlyClaims, summaryAsText } from '../claims/claimLayout.ts'
import { reasonsOf } from '../claims/claimReasons.ts'
import { ClaimTally } from '../claims/ClaimTally.tsx'
import { Contradictions } from '../claims/Contradictions.tsx'
import { CoverageStrip } from '../coverage/CoverageStrip.tsx'
import { chipsOf } from '../../../ui/locatorChips.ts'
import { Provenance } from './Provenance.tsx'
import styles from './SummaryView.module.css'

function ClaimText({ summary, index }: { readonly summary: Summary; readonly index: number }): ReactNode {
  const current = useSotto((state) => state.source.open && state.source.passage?.claim === index)
  const element = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (current) element.current?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const claim = summary.claims[index]
  if (claim === undefined) return null
  return (
    <>
      <span ref={element} className={classNames(styles.claim, current && styles.current)}>
        <span className={claim.supported ? undefined : styles.unsupported}>{claim.text}</span>
        <SupportSign claim={claim} />
        <PassageChips locators={claim.locators} text={claim.text} claim={index} />
        <CheckMark claim={claim} />
      </span>{' '}
    </>
  )
}

function Claims({ summary, filtered }: { readonly summary: Summary; readonly filtered: boolean }): ReactNode {
  const blocks = useMemo(() => {
    const all = layoutClaims(summary)
    return filtered ? onlyClaims(all, (index) => summary.claims[index]?.supported === false) : all
  }, [summary, filtered])
  return blocks.map((block, at) =>
    block.kind === 'paragraph' ? (
      <p key={at}>
        {block.claims.map((index) => (
          <ClaimText key={index} summary={summary} index={index} />
        ))}
      </p>
    ) : (
      <ul key={at} className={styles.list}>
        {block.items.map((item, place) => (
          <li key={place}>
            {item.map((index) => (
              <ClaimText key={index} summary={summary} index={index} />
            ))}
          </li>
        ))}
      </ul>
    ),
  )
}

function Head({ summary }: { readonly summary: Summary }): ReactNode {
  const translate = useTranslate()
  const text = useMemo(
    () =>
      summaryAsText(summary, (index) => {
        const claim = summary.claims[index]
        if (claim === undefined) return ''
        const places = chipsOf(claim.locators).map((chip) => translate(`documents.chip.${chip.key}`, chip.values))
        const reasons = reasonsOf(claim, translate)
        const marks = reasons.length === 0 ? [] : [`[⚠ ${reasons.join('; ')}]`]
        return [...(places.length === 0 ? [] : [`(${places.join(', ')})`]), ...marks].join(' ')
      }),
    [summary, translate],
  )
  return (
    <header className={styles.head}>
      <h2 className={styles.title}>{translate(`documents.preset.${summary.preset}`)}</h2>
      {summary.instruction !== null && (
        <p className={styles.instruction}>
          {translate('documents.summary.instruction', { instruction: summary.instruction })}
        </p>
      )}
      <span className={styles.copy}>
        <CopyButton text={text} label={translate('documents.summary.copy')} />
        <ExportSlot what={{ kind: 'summary', documentId: summary.documentId, summaryId: summary.id }} />
      </span>
    </header>
  )
}

type SummaryViewProps = { readonly summary: Summary; readonly document: DocumentRecord }

/** The coverage strip stands above the claims it is about. */
export function SummaryView({ summary, document }: SummaryViewProps): ReactNode {
  const translate = useTranslate()
  const [filtered, filter] = useState(false)
  const { claims, contradictions = [] } = summary
  // Another summary may have nothing to check: then there is no switch to turn this off with.
  const narrowed = filtered && claims.some(({ supported }) => !supported)
  return (
    <section aria-label={translate('documents.summary.label')} className={styles.summary}>
      <CoverageStrip coverage={summary.coverage} claims={claims} summary={summary} />
      <Head summary={summary} />
      <div className={classNames(styles.text, summary.provenance.cloud !== undefined && styles.outside)}>
        {claims.length === 0 ? (
          <p>{translate('documents.summary.none')}</p>
        ) : (
          <Claims summary={summary} filtered={narrowed} />
        )}
      </div>
      {claims.length > 0 && <ClaimTally claims={claims} filtered={narrowed} onFilter={filter} />}
      <Contradictions found={contradictions} />
      <Provenance summary={summary} document={document} />
    </section>
  )
}
