// The page of a batch: how far it is, what it found as a whole with places to look, and each of its documents.
import { ChevronLeft, Pause, Play, Square } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import type { Batch } from '#contract/batch.ts'
import { isLive } from '../../state/jobsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { ExportSlot } from '../../ui/ExportSlot.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { BatchDocuments } from './BatchDocuments.tsx'
import styles from './BatchPage.module.css'
import { jobShare, jobWords } from './jobWords.ts'
import { ModelQuestion } from './ModelQuestion.tsx'
import { OverviewText } from './OverviewText.tsx'

function Progress({ batch: { job } }: { readonly batch: Batch }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { pauseJob, resumeJob, stopJob } = useSotto((state) => state)
  const live = isLive(job)
  if (job.state === 'done') return null
  return (
    <div className={styles.progress}>
      <div className={styles.bar}>
        <ProgressBar value={jobShare(job)} label={jobWords(job, translate, language)} />
      </div>
      {live ? (
        <Button size="small" icon={<Pause aria-hidden />} onPress={() => void pauseJob(job.id)}>
          {translate('jobs.batch.pause')}
        </Button>
      ) : (
        <Button size="small" icon={<Play aria-hidden />} onPress={() => void resumeJob(job.id)}>
          {translate('jobs.batch.resume')}
        </Button>
      )}
      {(live || job.state === 'paused') && (
        <Button size="small" tone="quiet" icon={<Square aria-hidden />} onPress={() => void stopJob(job.id)}>
          {translate('jobs.batch.stop')}
        </Button>
      )}
    </div>
  )
}

type BatchPageProps = { readonly jobId: string; readonly actions?: ReactNode }

/** Follows the batch while it is on the page; `actions` stands beside the title. */
export function BatchPage({ jobId, actions }: BatchPageProps): ReactNode {
  const translate = useTranslate()
  const batch = useSotto((state) => state.batches[jobId])
  const job = useSotto((state) => state.jobs.find(({ id }) => id === jobId))
  const refused = useSotto((state) => state.batchFailures[jobId])
  const connected = useSotto((state) => state.connection === 'open')
  const followBatch = useSotto((state) => state.followBatch)
  const navigate = useSotto((state) => state.navigate)
  // A batch that ended and was resumed is followed again.
  const begun = job === undefined || isLive(job) || job.state === 'paused'
  useEffect(() => (connected ? followBatch(jobId) : undefined), [connected, followBatch, jobId, begun])
  const shown = batch === undefined || job === undefined ? batch : { ...batch, job }
  const failure = refused ?? shown?.job.failure ?? null
  return (
    <section className={styles.page}>
      <div className={styles.column}>
        <div className={styles.back}>
          <Button size="small" tone="quiet" icon={<ChevronLeft aria-hidden />} onPress={() => navigate('documents')}>
            {translate('jobs.batch.back')}
          </Button>
        </div>
        {shown !== undefined && (
          <header className={styles.head}>
            <h1 className={styles.title}>{shown.job.title}</h1>
            {actions}
            <p className={styles.facts}>
              {translate('jobs.batch.facts', {
                count: shown.documents.length,
                preset: translate(`documents.preset.${shown.preset}`),
              })}
            </p>
          </header>
        )}
        {failure !== null && <FailureNote failure={failure} />}
        {shown !== undefined && (
          <>
            <Progress batch={shown} />
            <ModelQuestion job={shown.job} />
            {shown.overview !== null && (
              <OverviewText
                overview={shown.overview}
                documents={shown.documents}
                actions={<ExportSlot what={{ kind: 'batch', jobId: shown.job.id }} />}
              />
            )}
            <BatchDocuments documents={shown.documents} />
          </>
        )}
      </div>
    </section>
  )
}
