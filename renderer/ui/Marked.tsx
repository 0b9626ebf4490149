// Text from outside with some of it marked: what a search found, the best sentence of a passage, what was struck or added.
import type { ReactNode } from 'react'
import { visibleText } from '../markdown/visibleText.ts'
import styles from './Marked.module.css'
import { markedPieces, type TextMark } from './markedPieces.ts'

type MarkedProps = {
  readonly text: string
  /** In order. */
  readonly marks: readonly TextMark[]
  /** What the marks are; `del` was struck and `ins` added. */
  readonly as?: 'mark' | 'del' | 'ins'
}

/** The text piece by piece, each as it may be shown. */
export function Marked({ text, marks, as: Mark = 'mark' }: MarkedProps): ReactNode {
  return markedPieces(text, marks).map((piece, at) =>
    piece.marked ? (
      <Mark key={at} className={styles[Mark]}>
        {visibleText(piece.text)}
      </Mark>
    ) : (
      <span key={at}>{visibleText(piece.text)}</span>
    ),
  )
}
