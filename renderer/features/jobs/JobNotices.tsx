// What ended while the window was not in front: told in the title of the window, and in a line when one comes back.
import { Check, CircleAlert } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './JobNotices.module.css'

/** Nothing while nothing ended unseen. Only names are told, never a word of a document. */
export function JobNotices(): ReactNode {
  const translate = useTranslate()
  const notices = useSotto((state) => state.jobNotices)
  const openJobs = useSotto((state) => state.openJobs)
  const dismiss = useSotto((state) => state.dismissJobNotices)
  const last = notices.at(-1)
  const words = last === undefined ? '' : translate(`jobs.notice.${last.state}`, { title: last.title })
  useEffect(() => {
    if (words === '') return undefined
    const { title } = document
    document.title = words
    const restore = () => {
      document.title = title
    }
    window.addEventListener('focus', restore, { once: true })
    return () => {
      window.removeEventListener('focus', restore)
      restore()
    }
  }, [words])
  if (last === undefined) return null
  const more = notices.length - 1
  return (
    <div role="status" className={styles.notice} data-state={last.state}>
      {last.state === 'done' ? <Check aria-hidden /> : <CircleAlert aria-hidden />}
      <p>
        {words}
        {more > 0 && ` ${translate('jobs.notice.more', { count: more })}`}
      </p>
      <Button
        size="small"
        onPress={() => {
          dismiss()
          openJobs(true)
        }}
      >
        {translate('jobs.notice.show')}
      </Button>
      <Button size="small" tone="quiet" onPress={dismiss}>
        {translate('jobs.notice.dismiss')}
      </Button>
    </div>
  )
}
