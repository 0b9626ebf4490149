// The queue: everything in work, in the order of its turn, and below it what has ended.
import type { ReactNode } from 'react'
import { isLive } from '../../state/jobsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatDuration } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { JobRow } from './JobRow.tsx'
import styles from './JobsPanel.module.css'
import { inOrder, leftOfAll } from './jobWords.ts'

function Total(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const jobs = useSotto((state) => state.jobs)
  const left = leftOfAll(jobs)
  const words =
    left === null
      ? translate('jobs.total.unknown')
      : translate('jobs.total.known', { time: formatDuration(left, language) })
  return <p className={styles.total}>{words}</p>
}

/** Laid over the page while it is open. */
export function JobsPanel(): ReactNode {
  const translate = useTranslate()
  const open = useSotto((state) => state.jobsOpen)
  const openJobs = useSotto((state) => state.openJobs)
  const jobs = useSotto((state) => state.jobs)
  const failure = useSotto((state) => state.jobsFailure)
  const { owed, ended } = inOrder(jobs)
  return (
    <Dialog
      title={translate('jobs.title')}
      closeLabel={translate('jobs.close')}
      open={open}
      onClose={() => openJobs(false)}
      width="wide"
    >
      {failure !== null && <FailureNote failure={failure} />}
      {owed.length === 0 && <p className={styles.none}>{translate('jobs.none')}</p>}
      {owed.some(isLive) && <Total />}
      {owed.length > 0 && (
        <ul aria-label={translate('jobs.owed')} className={styles.list}>
          {owed.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <section className={styles.ended} aria-labelledby="jobs-ended">
          <h3 id="jobs-ended" className={styles.subtitle}>
            {translate('jobs.ended')}
          </h3>
          <ul aria-labelledby="jobs-ended" className={styles.list}>
            {ended.map((job) => (
              <JobRow key={job.id} job={job} />
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  )
}
