// The chat room: conversations at the left, the open one beside them with its composer.
import { type ReactNode, useEffect, useRef } from 'react'
import { LinkGate } from '../../markdown/LinkGate.tsx'
import { shownChatId } from '../../state/chat/chatState.ts'
import { useSotto } from '../../state/store.ts'
import { ChatList } from './ChatList.tsx'
import styles from './ChatRoom.module.css'
import { Composer } from './Composer.tsx'
import { EmptyChat } from './EmptyChat.tsx'
import { MessageList } from './MessageList.tsx'
import { OpeningFailed } from './OpeningFailed.tsx'
import { Refusal } from './Refusal.tsx'

/** Conversations and the open one. */
export function ChatRoom(): ReactNode {
  const askedOutside = useSotto((all) => all.info?.host === 'electron')
  return (
    <LinkGate askedOutside={askedOutside}>
      <div className={styles.room}>
        <ChatList />
        <ChatPage />
      </div>
    </LinkGate>
  )
}

function ChatPage(): ReactNode {
  const shown = useSotto(shownChatId)
  const state = useSotto((all) => (shown === null ? 'ready' : (all.chats[shown]?.state ?? 'loading')))
  const empty = useSotto((all) => {
    const view = shown === null ? undefined : all.chats[shown]
    return view === undefined || (view.messages.length === 0 && view.pending === null)
  })
  const connected = useSotto((all) => all.connection === 'open')
  const openConversation = useSotto((all) => all.openConversation)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (shown !== null && connected) void openConversation(shown)
  }, [shown, connected, openConversation])
  useEffect(() => {
    // Coming into a conversation one wants to write; the pointer or the keys may go anywhere from there.
    field.current?.focus({ preventScroll: true })
  }, [shown])
  return (
    <div className={styles.page}>
      {state === 'failed' && shown !== null ? (
        <OpeningFailed conversationId={shown} />
      ) : empty ? (
        <div className={styles.emptyPage}>
          {state === 'ready' && <EmptyChat onChosen={() => field.current?.focus()} />}
        </div>
      ) : (
        shown !== null && <MessageList key={shown} conversationId={shown} />
      )}
      {shown !== null && <Refusal conversationId={shown} />}
      <Composer fieldRef={field} />
    </div>
  )
}
