// A conversation that could not be read: why, and the way to try again.
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './OpeningFailed.module.css'

/** The failure in the middle of the page. */
export function OpeningFailed({ conversationId }: { readonly conversationId: string }): ReactNode {
  const translate = useTranslate()
  const failure = useSotto((state) => state.chats[conversationId]?.failure ?? null)
  const openConversation = useSotto((state) => state.openConversation)
  if (failure === null) return null
  return (
    <div className={styles.place}>
      <FailureNote
        failure={failure}
        action={
          <Button size="small" onPress={() => void openConversation(conversationId)}>
            {translate('chat.message.retry')}
          </Button>
        }
      />
    </div>
  )
}
