// The documents of a batch, each with what became of it.
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { BatchDocument } from '#contract/batch.ts'
import { failureValues } from '../../../preload/failureValues.ts'
import { isLive } from '../../state/jobsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './BatchPage.module.css'
import { jobWords } from './jobWords.ts'

function Row({
  document: { documentId, jobId, name, state, failure },
}: {
  readonly document: BatchDocument
}): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const navigate = useSotto((one) => one.navigate)
  const job = useSotto((one) => one.jobs.find(({ id }) => id === jobId))
  const words = job !== undefined && isLive(job) ? jobWords(job, translate, language) : translate(`jobs.state.${state}`)
  const why = failure === null ? null : translate(`failures.${failure.code}.message`, failureValues(failure, language))
  return (
    <li className={styles.row} data-state={state}>
      {documentId === null ? (
        <span className={styles.file}>{name}</span>
      ) : (
        <Button className={styles.file ?? ''} onPress={() => navigate('documents', documentId)}>
          {name}
        </Button>
      )}
      <span className={styles.state}>{words}</span>
      {why !== null && <p className={styles.why}>{why}</p>}
    </li>
  )
}

/** In the order of the folder. */
export function BatchDocuments({ documents }: { readonly documents: readonly BatchDocument[] }): ReactNode {
  const translate = useTranslate()
  return (
    <section aria-labelledby="batch-documents">
      <h2 id="batch-documents" className={styles.subtitle}>
        {translate('jobs.batch.documents')}
      </h2>
      <ul className={styles.rows} aria-labelledby="batch-documents">
        {documents.map((document, at) => (
          <Row key={document.documentId ?? `${at}-${document.name}`} document={document} />
        ))}
      </ul>
    </section>
  )
}
