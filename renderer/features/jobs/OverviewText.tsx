// The overview of a batch: claims with the document and the place each rests on, and everything that is not in it.
import type { ReactNode } from 'react'
import type { BatchDocument, Overview, OverviewClaim } from '#contract/batch.ts'
import { useSotto } from '../../state/store.ts'
import { failureValues } from '../../../preload/failureValues.ts'
import { PlaceChips } from '../../ui/PlaceChips.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './BatchPage.module.css'

type NamedProps = { readonly claim: OverviewClaim; readonly name: string | null }

function Claim({ claim, name }: NamedProps): ReactNode {
  const translate = useTranslate()
  const openInDocument = useSotto((state) => state.openInDocument)
  const { documentId, text } = claim
  return (
    <li className={styles.claim}>
      {text}
      {!claim.supported && (
        <>
          {' '}
          <span className={styles.unsupported}>{translate('jobs.batch.unsupported')}</span>
        </>
      )}
      {documentId !== null && (
        <PlaceChips
          locators={claim.locators}
          name={name}
          label={(place) => translate('documents.summary.show', { place })}
          onOpen={(places) => openInDocument(documentId, { locators: places, text })}
        />
      )}
    </li>
  )
}

function ByDocument({ overview, documents }: Documents): ReactNode {
  return documents.map(({ documentId, name }) => {
    const claims = overview.claims.filter((claim) => claim.documentId === documentId)
    if (documentId === null || claims.length === 0) return null
    return (
      <section key={documentId} className={styles.document}>
        <h3 className={styles.name}>{name}</h3>
        <ul className={styles.claims}>
          {claims.map((claim) => (
            <Claim key={claim.text} claim={claim} name={null} />
          ))}
        </ul>
      </section>
    )
  })
}

function LeftOut({ overview }: { readonly overview: Overview }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  if (overview.leftOut.length === 0) return null
  return (
    <section className={styles.leftOut}>
      <h3 className={styles.subtitle}>{translate('jobs.batch.leftOut', { count: overview.leftOut.length })}</h3>
      <ul>
        {overview.leftOut.map(({ name, failure }) => (
          <li key={name}>
            <strong>{name}</strong>{' '}
            {failure === null
              ? translate('jobs.batch.leftOutStopped')
              : translate(`failures.${failure.code}.message`, failureValues(failure, language))}
          </li>
        ))}
      </ul>
    </section>
  )
}

type Documents = { readonly overview: Overview; readonly documents: readonly BatchDocument[] }

/** `actions` stands beside the title. */
type OverviewTextProps = Documents & { readonly actions: ReactNode }

/** In the model's own words it is one text; where it is made of sentences of the documents it stands by document. */
export function OverviewText({ overview, documents, actions }: OverviewTextProps): ReactNode {
  const translate = useTranslate()
  const free = overview.provenance.mode === 'free'
  const nameOf = (id: string | null) => documents.find(({ documentId }) => documentId === id)?.name ?? null
  return (
    <article className={styles.overview} aria-label={translate('jobs.batch.overview')}>
      <header className={styles.overviewHead}>
        <h2 className={styles.subtitle}>{translate('jobs.batch.overview')}</h2>
        {actions}
      </header>
      <p className={styles.note}>
        {translate(free ? 'jobs.batch.freeNote' : 'jobs.batch.extractiveNote', {
          count: overview.summaries,
          model: overview.provenance.model.name,
        })}
      </p>
      {free ? (
        <ul className={styles.claims}>
          {overview.claims.map((claim) => (
            <Claim key={claim.text} claim={claim} name={nameOf(claim.documentId)} />
          ))}
        </ul>
      ) : (
        <ByDocument overview={overview} documents={documents} />
      )}
      <LeftOut overview={overview} />
    </article>
  )
}
