// The document at a glance: its most central sentences, there before any model is asked.
import type { ReactNode } from 'react'
import { useSotto } from '../../../state/store.ts'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { useTranslate } from '../../../ui/text.ts'
import { PassageChips } from '../PassageChips.tsx'
import styles from './Gist.module.css'

/** Sentences in reading order with their places. */
export function Gist({ documentId }: { readonly documentId: string }): ReactNode {
  const translate = useTranslate()
  const gist = useSotto((state) => state.gists[documentId])
  if (gist === undefined) return null
  if (!gist.ok) return gist.failure.code === 'not-found' ? null : <FailureNote failure={gist.failure} />
  return (
    <section className={styles.gist} aria-labelledby="gist">
      <header>
        <h2 id="gist" className={styles.title}>
          {translate('documents.gist.title')}
        </h2>
        <p className={styles.note}>
          {translate(gist.value.length === 0 ? 'documents.gist.none' : 'documents.gist.note')}
        </p>
      </header>
      <ul className={styles.sentences}>
        {gist.value.map((sentence, index) => (
          <li key={index} className={styles.sentence}>
            {sentence.text}
            <PassageChips locators={sentence.locators} text={sentence.text} claim={null} />
          </li>
        ))}
      </ul>
    </section>
  )
}
