// The request as one can read it: every part in the order it is sent, character for character, with its chips.
import type { CloudDraft, DraftPart, Redaction } from '#contract/cloudDraft.ts'
import { type ReactNode, useMemo, useState } from 'react'
import { classNames } from '../../ui/classNames.ts'
import { useTranslate } from '../../ui/text.ts'
import { Chip } from './Chip.tsx'
import { draftBlocks, draftSegments } from './draftSegments.ts'
import styles from './DraftText.module.css'
import { SentText } from './SentText.tsx'
import { inertMilliseconds } from './useInert.ts'

type Press = (redaction: Redaction, at: number) => void

type DraftTextProps = {
  readonly draft: CloudDraft
  /** Null where the draft is only read. */
  readonly onSwitch: ((redactionId: string, on: boolean) => void) | null
}

/** All parts. A chip that was pressed stays the same element in the next draft, so that the keyboard keeps its place. */
export function DraftText({ draft, onSwitch }: DraftTextProps): ReactNode {
  // What is looked at, and since when.
  const [revealed, reveal] = useState<ReadonlyMap<string, number>>(new Map())
  const byId = useMemo(() => new Map(draft.redactions.map((each) => [each.id, each])), [draft.redactions])
  const press: Press | null =
    onSwitch === null
      ? null
      : ({ id, on }, at) => {
          const since = revealed.get(id)
          if (on && since === undefined) return reveal(new Map([...revealed, [id, at]]))
          // The second half of a double click: nobody has read what it hid.
          if (on && since !== undefined && at - since < inertMilliseconds) return
          reveal(new Map([...revealed].filter(([each]) => each !== id)))
          onSwitch(id, !on)
        }
  return (
    <div className={styles.text}>
      {draft.parts.map((part, index) => (
        <Part key={index} part={part} byId={byId} revealed={revealed} press={press} />
      ))}
    </div>
  )
}

type PartProps = {
  readonly part: DraftPart
  readonly byId: ReadonlyMap<string, Redaction>
  readonly revealed: ReadonlyMap<string, number>
  readonly press: Press | null
}

function Part({ part, byId, revealed, press }: PartProps): ReactNode {
  const translate = useTranslate()
  const blocks = useMemo(() => draftBlocks(draftSegments(part)), [part])
  return (
    <section className={classNames(styles.part, styles[part.kind])} data-part={part.kind}>
      <h2 className={styles.kind}>
        {translate(`consent.text.kind.${part.kind}`)}
        {part.title !== null && (
          <span className={styles.title}> · {translate('consent.text.title', { title: part.title })}</span>
        )}
      </h2>
      <div className={styles.words} data-sent-text>
        {blocks.map((block, at) => (
          <div key={at} className={styles.block}>
            {block.map(({ text, redactionId }, place) => {
              const redaction = redactionId === null ? undefined : byId.get(redactionId)
              if (redaction === undefined) {
                return (
                  <span key={place}>
                    <SentText text={text} />
                  </span>
                )
              }
              return (
                <Chip
                  key={place}
                  text={text}
                  redaction={redaction}
                  revealed={revealed.has(redaction.id)}
                  onPress={press === null ? null : (at) => press(redaction, at)}
                />
              )
            })}
          </div>
        ))}
      </div>
    </section>
  )
}
