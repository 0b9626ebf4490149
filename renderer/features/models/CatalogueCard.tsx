// One model of the catalogue: a verdict in words, its figures, one button; the rest on demand.
import { type ReactNode, useState } from 'react'
import type { CatalogueModel } from '#contract/model.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatBytes } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './CatalogueCard.module.css'
import { catalogueDetails, catalogueFacts } from './catalogueFacts.ts'
import { LicenceDialog } from './LicenceDialog.tsx'
import { VerdictLine } from '../../ui/VerdictLine.tsx'

/** A card without a box; the recommended one says so. */
export function CatalogueCard({ model }: { readonly model: CatalogueModel }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const failure = useSotto((state) => (state.supplyFailure?.source === model.id ? state.supplyFailure.failure : null))
  return (
    <article aria-label={model.name} className={styles.card} data-preferred={model.preferred}>
      <div className={styles.line}>
        <div className={styles.words}>
          <header className={styles.head}>
            <h3 className={styles.name}>{model.name}</h3>
            {model.preferred && <span className={styles.preferred}>{translate('models.catalogue.preferred')}</span>}
            {model.kind === 'embedding' && (
              <span className={styles.kind}>{translate('models.catalogue.embedding')}</span>
            )}
          </header>
          <VerdictLine verdict={model.verdict} />
          <p className={styles.facts}>{catalogueFacts(model, translate, language)}</p>
        </div>
        <Get model={model} />
      </div>
      {failure !== null && <FailureNote failure={failure} />}
      <details className={styles.details}>
        <summary>{translate('models.catalogue.details')}</summary>
        <dl>
          {catalogueDetails(model, translate, language).map(({ name, value, code }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{code ? <code>{value}</code> : value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </article>
  )
}

function Get({ model }: { readonly model: CatalogueModel }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const downloadModel = useSotto((state) => state.downloadModel)
  const under = useSotto((state) =>
    state.downloads.find(({ repository, file }) => repository === model.repository && file === model.file),
  )
  const [asking, setAsking] = useState(false)
  if (model.installedModelId !== null) return <p className={styles.here}>{translate('models.catalogue.here')}</p>
  if (under !== undefined && under.state !== 'complete') {
    return <p className={styles.here}>{translate(`models.catalogue.under.${under.state}`)}</p>
  }
  const anyway = model.verdict.kind === 'too-large'
  const start = () => void downloadModel(model.id, { acceptLicence: model.licence.mustAccept, anyway })
  const size = formatBytes(model.bytes, language)
  return (
    <div>
      <Button
        tone={model.preferred ? 'filled' : 'plain'}
        size={model.preferred ? 'regular' : 'small'}
        onPress={() => (model.licence.mustAccept ? setAsking(true) : start())}
      >
        {translate(`models.catalogue.${anyway ? 'getAnyway' : 'get'}`, { size })}
      </Button>
      <LicenceDialog model={model} open={asking} onClose={() => setAsking(false)} onAccept={start} />
    </div>
  )
}
