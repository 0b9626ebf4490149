// A finished summary: what was read, the claims with their places, and how it was made.
import type { DocumentRecord } from '#contract/document.ts'
import type { Summary } from '#contract/summary.ts'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useSotto } from '../../state/store.ts'
import { classNames } from '../../ui/classNames.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatCount } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { Chips } from './Chips.tsx'
import { layoutClaims, summaryAsText } from './claimLayout.ts'
import { CoverageStrip } from './CoverageStrip.tsx'
import { chipsOf } from '../../ui/locatorChips.ts'
import { Provenance } from './Provenance.tsx'
import styles from './SummaryView.module.css'

function ClaimText({ summary, index }: { readonly summary: Summary; readonly index: number }): ReactNode {
  const translate = useTranslate()
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
        {claim.supported ? (
          <Chips locators={claim.locators} text={claim.text} claim={index} />
        ) : (
          <span className={styles.notFound}>{translate('documents.summary.unsupported')}</span>
        )}
      </span>{' '}
    </>
  )
}

function Claims({ summary }: { readonly summary: Summary }): ReactNode {
  const blocks = useMemo(() => layoutClaims(summary), [summary])
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
        if (claim?.supported !== true) return `[${translate('documents.summary.unsupported')}]`
        const places = chipsOf(claim.locators).map((chip) => translate(`documents.chip.${chip.key}`, chip.values))
        return places.length === 0 ? '' : `(${places.join(', ')})`
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
      </span>
    </header>
  )
}

type SummaryViewProps = { readonly summary: Summary; readonly document: DocumentRecord }

/** The coverage strip stands above the claims it is about. */
export function SummaryView({ summary, document }: SummaryViewProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const unsupported = summary.claims.filter(({ supported }) => !supported).length
  return (
    <section aria-label={translate('documents.summary.label')} className={styles.summary}>
      <CoverageStrip coverage={summary.coverage} claims={summary.claims} />
      <Head summary={summary} />
      <div className={classNames(styles.text, summary.provenance.cloud !== undefined && styles.outside)}>
        {summary.claims.length === 0 ? <p>{translate('documents.summary.none')}</p> : <Claims summary={summary} />}
      </div>
      {unsupported > 0 && (
        <p className={styles.warning}>
          {translate('documents.summary.notFound', { count: unsupported, amount: formatCount(unsupported, language) })}
        </p>
      )}
      <Provenance summary={summary} document={document} />
    </section>
  )
}
