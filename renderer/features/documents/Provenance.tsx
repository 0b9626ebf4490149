// Where a summary comes from: one honest line, and everything else on demand.
import type { DocumentRecord } from '#contract/document.ts'
import type { Summary } from '#contract/summary.ts'
import { ChevronDown } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { formatCount, regionalForm } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
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
    ['modelHash', provenance.model.sha256],
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
      <h4 className={styles.rawTitle}>{translate('documents.provenance.raw')}</h4>
      <pre className={styles.raw} tabIndex={0}>
        {summary.rawText}
      </pre>
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
        {translate('documents.provenance.line', values)}
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
