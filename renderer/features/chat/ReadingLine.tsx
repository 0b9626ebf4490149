// What happens before the first word: the model starts, then reads, with true numbers.
import type { ReactNode } from 'react'
import type { Reading } from '../../state/chat/chatState.ts'
import { likelyModel } from '../../state/likelyModel.ts'
import { useSotto } from '../../state/store.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { type Translate, useTranslate } from '../../ui/text.ts'
import type { State } from '../../state/state.ts'
import styles from './ReadingLine.module.css'

type ReadingLineProps = { readonly conversationId: string; readonly reading: Reading | null }

/** A line of words over a thin bar. */
export function ReadingLine({ conversationId, reading }: ReadingLineProps): ReactNode {
  const translate = useTranslate()
  const starting = useSotto((state) => startingWords(state, translate))
  const loaded = useSotto(({ engine }) => (engine.state === 'loading' ? engine.progress : null))
  const documents = useSotto((state) => documentCount(state, conversationId))
  if (reading === null) {
    return (
      <div className={styles.line}>
        <ProgressBar value={loaded} label={starting ?? translate('chat.status.waiting')} />
      </div>
    )
  }
  const values = { done: reading.evaluatedTokens, total: reading.totalTokens, count: documents }
  return (
    <div className={styles.line}>
      <ProgressBar
        value={reading.totalTokens === 0 ? null : reading.evaluatedTokens / reading.totalTokens}
        label={translate(documents === 0 ? 'chat.status.reading' : 'chat.status.readingDocument', values)}
      />
    </div>
  )
}

function startingWords(state: State, translate: Translate): string | null {
  if (state.engine.state !== 'loading') return null
  const name = likelyModel(state)?.name ?? ''
  return translate('chat.status.loading', { name, percent: Math.round(state.engine.progress * 100) })
}

/** Documents of the turn being read. */
function documentCount(state: State, conversationId: string): number {
  const view = state.chats[conversationId]
  if (view?.pending?.turn.kind === 'send') return view.pending.turn.documentIds.length
  return view?.messages.findLast(({ role }) => role === 'person')?.documentIds.length ?? 0
}
