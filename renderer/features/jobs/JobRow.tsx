// One job in the queue: its name, what it is doing, how far it is, and what can be done with it.
import { FileText, Files } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import type { Job } from '#contract/job.ts'
import { routeOfBatch } from '../../state/batchesSlice.ts'
import { isLive } from '../../state/jobsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { JobActions } from './JobActions.tsx'
import styles from './JobRow.module.css'
import { jobShare, jobWords } from './jobWords.ts'
import { ModelQuestion } from './ModelQuestion.tsx'

/** A row of the queue; its name leads to what is being made. */
export function JobRow({ job }: { readonly job: Job }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const navigate = useSotto((state) => state.navigate)
  const openJobs = useSotto((state) => state.openJobs)
  const { id, kind, title, documentId, failure } = job
  const share = jobShare(job)
  const place = kind === 'batch' ? routeOfBatch(id) : documentId
  return (
    <li className={styles.row} data-state={job.state}>
      <span className={styles.icon}>{kind === 'batch' ? <Files aria-hidden /> : <FileText aria-hidden />}</span>
      <div className={styles.body}>
        <Button
          className={styles.name ?? ''}
          isDisabled={place === null}
          aria-label={translate('jobs.open', { title })}
          onPress={() => {
            openJobs(false)
            navigate('documents', place)
          }}
        >
          {title}
        </Button>
        <p className={styles.words}>{jobWords(job, translate, language)}</p>
        {(isLive(job) || job.state === 'paused') && share !== null && (
          <progress className={styles.bar} value={share} max={1} aria-label={translate('jobs.progress', { title })} />
        )}
        <ModelQuestion job={job} />
        {failure !== null && <FailureNote failure={failure} />}
      </div>
      <JobActions job={job} />
    </li>
  )
}
