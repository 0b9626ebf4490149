// Where an answer comes from: one quiet line, everything on demand.
import type { Provenance } from '#contract/summary.ts'
import type { ReactNode } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { regionalForm } from '../../ui/format.ts'
import styles from './ProvenanceLine.module.css'

/** Model, way of answering and date; pressing it shows hashes, prompt and seed. */
export function ProvenanceLine({ provenance }: { readonly provenance: Provenance }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { model, prompt, mode, seed, documentSha256, createdAt } = provenance
  const written = new Intl.DateTimeFormat(regionalForm(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(createdAt),
  )
  const rows: readonly (readonly [string, string])[] = [
    ['where', translate('chat.provenance.here')],
    ['model', model.name],
    ['modelHash', model.sha256],
    ['mode', translate(`chat.provenance.${mode}`)],
    ['prompt', translate('chat.provenance.promptValue', prompt)],
    ['seed', String(seed)],
    ...(documentSha256 === null ? [] : [['document', documentSha256] as const]),
    ['when', written],
  ]
  const line = [model.name, translate(`chat.provenance.${mode}`), written].join(' · ')
  return (
    <DialogTrigger>
      <Button className={styles.line ?? ''} aria-label={`${line}. ${translate('chat.provenance.details')}`}>
        {line}
      </Button>
      <Popover className={styles.popover ?? ''} placement="top start" offset={6}>
        <Dialog aria-label={translate('chat.provenance.details')} className={styles.dialog ?? ''}>
          <dl className={styles.rows}>
            {rows.map(([name, value]) => (
              <div key={name} className={styles.row}>
                <dt>{translate(`chat.provenance.${name}`)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
