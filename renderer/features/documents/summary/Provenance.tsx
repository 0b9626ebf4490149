// Where a summary comes from: one honest line, and everything else on demand.
import type { DocumentRecord } from '#contract/document.ts'
import type { Summary } from '#contract/summary.ts'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useSotto } from '../../../state/store.ts'
import { Button as UiButton } from '../../../ui/Button.tsx'
import { formatCount, formatUsd, regionalForm } from '../../../ui/format.ts'
import { OutsideMark } from '../../../ui/OutsideMark.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import { PromptText } from './PromptText.tsx'
import styles from './Provenance.module.css'

type ProvenanceProps = { readonly summary: Summary; readonly document: DocumentRecord }

function Details({ summary, document }: ProvenanceProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { provenance, steps, droppedSentences } = summary
  const number = (value: number) => formatCount(value, language)
  const facts: readonly (readonly [string, string])[] = [
    ['model', provenance.model.name],
    ['how', translate(`documents.provenance.mode.${provenance.mode}`)],
    ['prompt', translate('documents.provenance.promptValue', provenance.prompt)],
    ['seed', String(provenance.seed)],
    [
      'steps',
      translate('documents.provenance.stepsValue', { computed: number(steps.computed), reused: number(steps.reused) }),
    ],
    [
      'dropped',
      translate('documents.provenance.droppedValue', { count: droppedSentences, amount: number(droppedSentences) }),
    ],
    ...(provenance.cloud === undefined ? [['modelHash', provenance.model.sha256] as const] : []),
    ['document', provenance.documentSha256 ?? document.sha256],
  ]
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([key, value]) => (
          <div key={key} className={styles.fact}>
            <dt>{translate(`documents.provenance.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {provenance.cloud !== undefined && <CloudFacts cloud={provenance.cloud} />}
      <PromptText {...provenance.prompt} />
      <h4 className={styles.rawTitle}>{translate('documents.provenance.raw')}</h4>
      <pre className={styles.raw} tabIndex={0}>
        {summary.rawText}
      </pre>
    </>
  )
}

/** The receipt of what was made elsewhere. */
function CloudFacts({ cloud }: { readonly cloud: NonNullable<Summary['provenance']['cloud']> }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const readDraft = useSotto((state) => state.readDraft)
  const showInLedger = useSotto((state) => state.showInLedger)
  const amount = { input: formatCount(cloud.inputTokens, language), output: formatCount(cloud.outputTokens, language) }
  const facts: readonly (readonly [string, string])[] = [
    ['to', cloud.providerName],
    ['tokens', translate('chat.receipt.tokensValue', amount)],
    ['cost', cloud.usd === null ? translate('chat.receipt.noPrice') : formatUsd(cloud.usd, language)],
    ['hidden', formatCount(cloud.hidden, language)],
    ['digest', cloud.digest],
  ]
  return (
    <>
      <dl className={styles.facts}>
        {facts.map(([key, value]) => (
          <div key={key} className={styles.fact}>
            <dt>{translate(`chat.receipt.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.links}>
        <UiButton size="small" onPress={() => void readDraft(cloud.draftId)}>
          {translate('chat.receipt.read')}
        </UiButton>
        <UiButton size="small" onPress={() => void showInLedger(cloud.grantId)}>
          {translate('chat.receipt.ledger')}
        </UiButton>
      </div>
    </>
  )
}

/** Model, way and date; the details carry the raw text too. */
export function Provenance({ summary, document }: ProvenanceProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const details = useId()
  const { model, mode, createdAt } = summary.provenance
  const date = new Intl.DateTimeFormat(regionalForm(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(createdAt),
  )
  const values = {
    model: model.name,
    mode: translate(`documents.provenance.mode.${mode}`),
    date,
  }
  return (
    <footer className={styles.provenance}>
      <p className={styles.line}>
        {summary.provenance.cloud === undefined ? (
          translate('documents.provenance.line', values)
        ) : (
          <span className={styles.elsewhere}>
            <OutsideMark label={translate('consent.facts.outside')} />
            {translate('consent.document.line', {
              ...values,
              name: summary.provenance.cloud.providerName,
              usd:
                summary.provenance.cloud.usd === null
                  ? translate('chat.receipt.noPrice')
                  : formatUsd(summary.provenance.cloud.usd, language),
            })}
          </span>
        )}
        <Button
          className={styles.more ?? ''}
          aria-expanded={open}
          aria-controls={details}
          onPress={() => setOpen(!open)}
        >
          {translate('documents.provenance.more')}
          <ChevronDown aria-hidden className={open ? styles.turned : undefined} />
        </Button>
      </p>
      <div id={details} hidden={!open}>
        {open && <Details summary={summary} document={document} />}
      </div>
    </footer>
  )
}
