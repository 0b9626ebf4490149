// A turn on its way: the person's words, not stored yet, and what the model is doing with them.
import type { ReactNode } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import { useSotto } from '../../state/store.ts'
import { OutsideNotice } from '../../ui/OutsideNotice.tsx'
import { useTranslate } from '../../ui/text.ts'
import { DocumentChips } from './DocumentChips.tsx'
import { ReadingLine } from './ReadingLine.tsx'
import styles from './PendingRow.module.css'

/** Shown until the turn is stored, or refused. */
export function PendingRow({ conversationId }: { readonly conversationId: string }): ReactNode {
  const translate = useTranslate()
  const pending = useSotto((state) => state.chats[conversationId]?.pending ?? null)
  if (pending === null) return null
  const { turn } = pending
  return (
    <div className={styles.pending}>
      {turn.kind === 'send' ? (
        <>
          <p className={styles.words}>{visibleText(turn.text)}</p>
          {turn.documentIds.length > 0 && <DocumentChips documentIds={turn.documentIds} />}
        </>
      ) : (
        <p className={styles.note}>{translate('chat.status.regenerating')}</p>
      )}
      {pending.providerName === undefined ? (
        <ReadingLine conversationId={conversationId} reading={pending.reading} />
      ) : (
        <OutsideNotice label={translate('chat.place.outside')}>
          {translate('chat.cloud.waiting', { name: pending.providerName })}
        </OutsideNotice>
      )}
    </div>
  )
}
