// Passages as they were found, the best sentence of each marked, with the place they stand at.
import type { Passage } from '#contract/question.ts'
import type { ReactNode } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import { Marked } from '../../ui/Marked.tsx'
import styles from './PassageList.module.css'
import { PassagePlaces } from './PassagePlaces.tsx'

type PassageListProps = { readonly label: string; readonly passages: readonly Passage[]; readonly named: boolean }

function Card({ passage, named }: { readonly passage: Passage; readonly named: boolean }): ReactNode {
  const { number, documentId, documentName, text, best } = passage
  const sentence = text.slice(best.start, best.end)
  return (
    <li className={styles.card}>
      <p className={styles.head}>
        <span className={styles.number}>{number}</span>
        {named && <span className={styles.name}>{visibleText(documentName)}</span>}
        <PassagePlaces
          documentId={documentId}
          documentName={named ? documentName : null}
          locators={best.locators}
          text={sentence}
        />
      </p>
      <p className={styles.text}>
        <Marked text={text} marks={[best]} />
      </p>
    </li>
  )
}

/** `named` says of which document each passage is. */
export function PassageList({ label, passages, named }: PassageListProps): ReactNode {
  return (
    <ol aria-label={label} className={styles.list}>
      {passages.map((passage) => (
        <Card key={passage.number} passage={passage} named={named} />
      ))}
    </ol>
  )
}
