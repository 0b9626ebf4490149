// A summary being made: one line in plain words, a real bar, what is known so far, and how to stop it or go on.
import type { DocumentRecord } from '#contract/document.ts'
import type { ReactNode } from 'react'
import type { SummaryRun } from '../../../state/documents/summaries.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { OutsideNotice } from '../../../ui/OutsideNotice.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './RunPanel.module.css'
import { runShare, runWords } from './runWords.ts'

type Part = { readonly run: SummaryRun; readonly document: DocumentRecord }

function Working({ run, document }: Part): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const stopSummary = useSotto((state) => state.stopSummary)
  const pauseJob = useSotto((state) => state.pauseJob)
  const openJobs = useSotto((state) => state.openJobs)
  const { jobId } = run
  const asks = useSotto((state) => state.jobs.find(({ id }) => id === jobId)?.waitsFor === 'model-choice')
  return (
    <div className={styles.working}>
      <div className={styles.bar}>
        <ProgressBar value={runShare(run)} label={runWords(run, document.coverage, translate, language)} />
      </div>
      {asks && (
        <Button size="small" tone="filled" onPress={() => openJobs(true)}>
          {translate('jobs.line.asks')}
        </Button>
      )}
      {jobId !== null && !asks && (
        <Button size="small" isDisabled={run.phase === 'stopping'} onPress={() => void pauseJob(jobId)}>
          {translate('jobs.batch.pause')}
        </Button>
      )}
      <Button size="small" isDisabled={run.phase === 'stopping'} onPress={() => void stopSummary()}>
        {translate('documents.run.stop')}
      </Button>
    </div>
  )
}

function Ended({ run, document }: Part): ReactNode {
  const translate = useTranslate()
  const resumeSummary = useSotto((state) => state.resumeSummary)
  const elsewhere = run.providerName !== undefined || run.failure?.code === 'consent-required'
  const resume = elsewhere ? (
    <AskAgain run={run} document={document} />
  ) : (
    <Button size="small" onPress={() => void resumeSummary(document.id)}>
      {translate(run.phase === 'failed' ? 'documents.run.retry' : 'documents.run.resume')}
    </Button>
  )
  if (run.failure !== null) return <FailureNote failure={run.failure} action={resume} />
  return (
    <div className={styles.ended} role="status">
      <p>{translate(`documents.run.${run.phase === 'working' || run.phase === 'failed' ? 'stopped' : run.phase}`)}</p>
      {resume}
    </div>
  )
}

/** What was made elsewhere goes on from the steps that are done, once the rest was read; so also under a permission. */
function AskAgain({ run, document }: Part): ReactNode {
  const translate = useTranslate()
  const chosen = useSotto((state) => state.preset)
  const written = useSotto((state) => state.instruction)
  const askCloud = useSotto((state) => state.askCloud)
  const preset = run.preset ?? chosen
  const instruction = preset === 'own' ? written.trim() : null
  return (
    <Button
      size="small"
      onPress={() => void askCloud({ kind: 'summary', documentId: document.id, preset, instruction }, 'read-first')}
    >
      {translate('chat.cloud.again')}
    </Button>
  )
}

function SoFar({ partials }: { readonly partials: SummaryRun['partials'] }): ReactNode {
  const translate = useTranslate()
  const texts = Object.entries(partials)
    .toSorted(([one], [other]) => Number(one) - Number(other))
    .filter(([, text]) => text.trim() !== '')
  if (texts.length === 0) return null
  return (
    <div className={styles.soFar}>
      <h3 className={styles.soFarTitle}>{translate('documents.run.soFar')}</h3>
      {texts.map(([chunk, text]) => (
        <p key={chunk} className={styles.partial}>
          {text}
        </p>
      ))}
    </div>
  )
}

/** The document's run, whatever became of it. */
export function RunPanel({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const run = useSotto((state) => state.summaryRuns[document.id])
  if (run === undefined) return null
  const busy = run.phase === 'working' || run.phase === 'stopping'
  const title =
    run.preset === null
      ? translate('documents.run.title')
      : translate('documents.run.titleOf', { preset: translate(`documents.preset.${run.preset}`) })
  return (
    <section aria-label={title} className={styles.run}>
      {busy && run.providerName !== undefined && (
        <OutsideNotice label={translate('consent.facts.outside')}>
          {translate('consent.document.working', { name: run.providerName })}
        </OutsideNotice>
      )}
      {busy ? <Working run={run} document={document} /> : <Ended run={run} document={document} />}
      <SoFar partials={run.partials} />
    </section>
  )
}
