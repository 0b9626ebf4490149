// What can be done with one job: pause, resume, put first, stop, take off the list.
import { ArrowUpToLine, Pause, Play, Square, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Job } from '#contract/job.ts'
import { isLive } from '../../state/jobsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './JobRow.module.css'

/** The buttons that make sense in the job's state; each names the job. */
export function JobActions({ job }: { readonly job: Job }): ReactNode {
  const translate = useTranslate()
  const { pauseJob, resumeJob, stopJob, removeJob, prioritiseJob } = useSotto((state) => state)
  const { id, title, state, priority } = job
  const live = isLive(job)
  const label = (action: string) => translate(`jobs.action.${action}`, { title })
  const queued = state === 'queued' && job.waitsFor === 'turn'
  return (
    <div className={styles.actions}>
      {queued && priority !== 'first' && (
        <IconButton label={label('first')} onPress={() => void prioritiseJob(id, 'first')}>
          <ArrowUpToLine aria-hidden />
        </IconButton>
      )}
      {live && (
        <IconButton label={label('pause')} onPress={() => void pauseJob(id)}>
          <Pause aria-hidden />
        </IconButton>
      )}
      {!live && state !== 'done' && (
        <IconButton label={label('resume')} onPress={() => void resumeJob(id)}>
          <Play aria-hidden />
        </IconButton>
      )}
      {(live || state === 'paused') && (
        <IconButton label={label('stop')} onPress={() => void stopJob(id)}>
          <Square aria-hidden />
        </IconButton>
      )}
      {!live && state !== 'paused' && state !== 'interrupted' && (
        <IconButton label={label('remove')} onPress={() => void removeJob(id)}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
