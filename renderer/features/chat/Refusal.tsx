// A turn that was not sent: why, and what can be done; the text is still in the composer.
import type { Failure } from '#contract/failures.ts'
import type { ReactNode } from 'react'
import type { RefusedTurn } from '../../state/chat/chatState.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useTranslate } from '../../ui/text.ts'
import { FailureWays } from './FailureWays.tsx'
import { OverflowQuestion } from './OverflowQuestion.tsx'
import styles from './Refusal.module.css'

/** Nothing while nothing was refused. */
export function Refusal({ conversationId }: { readonly conversationId: string }): ReactNode {
  const refused = useSotto((state) => state.chats[conversationId]?.refused ?? null)
  if (refused === null) return null
  return (
    <div className={styles.place}>
      <div className={styles.inside}>
        <Explained conversationId={conversationId} refused={refused} />
      </div>
    </div>
  )
}

type ExplainedProps = { readonly conversationId: string; readonly refused: RefusedTurn }

function Explained({ conversationId, refused }: ExplainedProps): ReactNode {
  const { turn, failure } = refused
  if (failure.code === 'context-full') {
    const { largestContextTokens = 0 } = refused
    return (
      <OverflowQuestion
        conversationId={conversationId}
        turn={turn}
        details={failure.details}
        largestContextTokens={largestContextTokens}
      />
    )
  }
  return <PlainFailure failure={failure} refused={refused} />
}

function PlainFailure({ failure, refused }: { readonly failure: Failure; readonly refused: RefusedTurn }): ReactNode {
  const translate = useTranslate()
  const sendDraft = useSotto((state) => state.sendDraft)
  const regenerate = useSotto((state) => state.regenerate)
  const dismissRefused = useSotto((state) => state.dismissRefused)
  const { turn } = refused
  return (
    <FailureNote
      failure={failure}
      action={
        <>
          <Button size="small" onPress={() => void (turn.kind === 'send' ? sendDraft() : regenerate(turn.messageId))}>
            {translate('chat.message.retry')}
          </Button>
          <FailureWays failure={failure} />
          <Button size="small" tone="quiet" onPress={dismissRefused}>
            {translate('shell.actions.close')}
          </Button>
        </>
      }
    />
  )
}
