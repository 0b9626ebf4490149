// What is being downloaded and what came of it, above everything else while there is any.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import { DownloadRow } from './DownloadRow.tsx'
import styles from './Section.module.css'

/** The downloads, oldest first; nothing where there are none. */
export function Downloads(): ReactNode {
  const translate = useTranslate()
  const downloads = useSotto((state) => state.downloads)
  if (downloads.length === 0) return null
  return (
    <section aria-labelledby="models-downloads" className={styles.section}>
      <h2 id="models-downloads" className={styles.title}>
        {translate('models.download.title')}
      </h2>
      <div>
        {downloads.map((download) => (
          <DownloadRow key={download.id} download={download} />
        ))}
      </div>
    </section>
  )
}
