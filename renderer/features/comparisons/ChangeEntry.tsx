// One change: what kind, why, and both versions side by side with the differing words marked.
import type { Change, ChangeSide, ComparedDocument, Comparison } from '#contract/comparison.ts'
import type { ReactNode } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import { useSotto } from '../../state/store.ts'
import { Marked } from '../../ui/Marked.tsx'
import { PlaceChips } from '../../ui/PlaceChips.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './ChangeEntry.module.css'

type SideProps = {
  readonly documentId: string
  readonly document: ComparedDocument
  readonly side: ChangeSide
  readonly which: 'before' | 'after'
  /** The other version has nothing here: all of it is new, or gone. */
  readonly whole: boolean
}

function Places({ documentId, document, side }: SideProps): ReactNode {
  const translate = useTranslate()
  const open = useSotto((state) => state.openChangePlace)
  return (
    <PlaceChips
      locators={side.locators}
      label={(place) => translate('comparisons.show', { place, name: document.name })}
      onOpen={(places) => open(documentId, document.documentId, places, side.text)}
    />
  )
}

function Side(props: SideProps): ReactNode {
  const translate = useTranslate()
  const { side, which, whole } = props
  return (
    <div className={styles.side}>
      <p className={styles.place}>
        {translate(`comparisons.${which}`)}
        {side.number !== null && ` · ${translate('comparisons.clause', { number: side.number })}`}
        <Places {...props} />
      </p>
      <p className={styles.text}>
        <Marked
          text={side.text}
          marks={whole ? [{ start: 0, end: side.text.length }] : side.marks}
          as={which === 'before' ? 'del' : 'ins'}
        />
      </p>
    </div>
  )
}

type Props = { readonly documentId: string; readonly comparison: Comparison; readonly change: Change }

/** Side by side where there is room, else one below the other. */
export function ChangeEntry({ documentId, comparison, change }: Props): ReactNode {
  const translate = useTranslate()
  const { kind, reasons, moved, before, after } = change
  const where = (after ?? before)?.path.at(-1)
  const why = [
    ...reasons.map((reason) => translate(`comparisons.reason.${reason}`)),
    ...(moved && kind !== 'moved' ? [translate('comparisons.alsoMoved')] : []),
  ]
  return (
    <li className={styles.entry}>
      <article data-change={kind} tabIndex={-1} className={styles.change}>
        <header className={styles.head}>
          <span className={styles.kind}>{translate(`comparisons.one.${kind}`)}</span>
          {why.map((reason) => (
            <span key={reason} className={styles.reason}>
              {reason}
            </span>
          ))}
          {where !== undefined && <span className={styles.where}>{visibleText(where)}</span>}
        </header>
        <div className={styles.sides}>
          {before !== null && (
            <Side
              documentId={documentId}
              document={comparison.before}
              side={before}
              which="before"
              whole={after === null}
            />
          )}
          {after !== null && (
            <Side
              documentId={documentId}
              document={comparison.after}
              side={after}
              which="after"
              whole={before === null}
            />
          )}
        </div>
      </article>
    </li>
  )
}
