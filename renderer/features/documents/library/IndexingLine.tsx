// What the library is reading now, how far it is, and Pause.
import type { ReactNode } from 'react'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './IndexingLine.module.css'
import { filesWords, readingShare } from './libraryWords.ts'

/** Nothing while everything is read. */
export function IndexingLine(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const status = useSotto((state) => state.libraryStatus)
  const pauseLibrary = useSotto((state) => state.pauseLibrary)
  if (status === null) return null
  const { done, total } = readingShare(status.files)
  const paused = status.state === 'paused'
  if (!paused && (status.state === 'idle' || (status.state === 'reading' && done === total))) return null
  const left = filesWords(total - done, translate, language)
  const counted = { done: formatCount(done, language), total: formatCount(total, language) }
  return (
    <div className={styles.line}>
      <div className={styles.words}>
        {paused ? (
          <p>{translate(total > done ? 'library.reading.pausedWith' : 'library.reading.paused', { files: left })}</p>
        ) : (
          <ProgressBar
            value={total === 0 ? null : done / total}
            label={translate(
              `library.reading.${status.state === 'scanning' && total === done ? 'scanning' : 'counted'}`,
              counted,
            )}
          />
        )}
        {!paused && status.reading.length > 0 && (
          <p className={styles.names}>{status.reading.map(({ name }) => name).join(' · ')}</p>
        )}
      </div>
      <Button size="small" onPress={() => void pauseLibrary(!paused)}>
        {translate(paused ? 'library.reading.resume' : 'library.reading.pause')}
      </Button>
    </div>
  )
}
