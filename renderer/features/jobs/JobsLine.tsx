// The line in the header that says what is in work, and opens the queue.
import { CircleHelp, ListTodo, Pause } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Button } from 'react-aria-components'
import { isLive } from '../../state/jobsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { formatCount, formatDuration } from '../../ui/format.ts'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './JobsLine.module.css'
import { inOrder, leftOfAll } from './jobWords.ts'

/** Nothing while nothing waits, runs or rests. */
export function JobsLine(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const jobs = useSotto((state) => state.jobs)
  const connected = useSotto((state) => state.connection === 'open')
  const refreshJobs = useSotto((state) => state.refreshJobs)
  const openJobs = useSotto((state) => state.openJobs)
  useEffect(() => {
    if (connected) void refreshJobs()
  }, [connected, refreshJobs])
  const { owed } = inOrder(jobs)
  if (owed.length === 0) return null
  const live = owed.filter(isLive)
  const asks = live.some(({ waitsFor }) => waitsFor === 'model-choice')
  const left = leftOfAll(jobs)
  const count = live.length === 0 ? owed.length : live.length
  const amount = formatCount(count, language)
  const words = translate(live.length === 0 ? 'jobs.line.paused' : 'jobs.line.live', { count, amount })
  const parts = [asks ? translate('jobs.line.asks') : words]
  if (left !== null && !asks) parts.push(translate('jobs.left', { time: formatDuration(left, language) }))
  const icon = asks ? <CircleHelp aria-hidden /> : live.length === 0 ? <Pause aria-hidden /> : <ListTodo aria-hidden />
  const said = parts.join(' · ')
  return (
    <Button
      className={styles.line ?? ''}
      aria-label={`${said}. ${translate('jobs.line.open')}`}
      onPress={() => openJobs(true)}
    >
      {icon}
      <span>{said}</span>
    </Button>
  )
}
