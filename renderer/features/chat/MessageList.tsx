// The messages of the open conversation: windowed, followed only when one is at the end, never moved while one reads.
import type { Message } from '#contract/chat.ts'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './MessageList.module.css'
import { MessageRow } from './MessageRow.tsx'
import { titleOf } from './chatWords.ts'
import { PendingRow } from './PendingRow.tsx'

const none: readonly Message[] = []

/** How near to the end, in pixels, still counts as being there. */
const nearEnd = 48

type List = Virtualizer<HTMLDivElement, HTMLDivElement>

/** A feed of messages, first to last. */
export function MessageList({ conversationId }: { readonly conversationId: string }): ReactNode {
  const translate = useTranslate()
  const messages = useSotto((state) => state.chats[conversationId]?.messages ?? none)
  const pending = useSotto((state) => state.chats[conversationId]?.pending ?? null)
  const title = useSotto((state) => state.conversations.find(({ id }) => id === conversationId)?.title ?? '')
  const frame = useRef<HTMLDivElement>(null)
  const count = messages.length + (pending === null ? 0 : 1)
  // eslint-disable-next-line react-hooks/incompatible-library -- this project compiles no component
  const list = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count,
    getScrollElement: () => frame.current,
    estimateSize: (index) => estimate(messages[index]),
    getItemKey: (index) => messages[index]?.id ?? 'pending',
    overscan: 4,
    paddingStart: 24,
    paddingEnd: 32,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
  })
  const atEnd = useFollowing(list, frame, pending !== null)
  const lit = useTarget(list, messages)
  const last = messages.at(-1)
  return (
    <div className={styles.place}>
      <div
        ref={frame}
        role="feed"
        tabIndex={0}
        aria-label={translate('chat.message.feed', { title: titleOf({ title }, translate) })}
        aria-busy={last?.state === 'streaming'}
        className={styles.frame}
      >
        <Rows list={list} messages={messages} count={count} conversationId={conversationId} lit={lit} />
      </div>
      <Announcement state={last?.role === 'assistant' ? last.state : null} />
      {!atEnd && last?.state === 'streaming' && (
        <div className={styles.below}>
          <Button size="small" icon={<ArrowDown aria-hidden />} onPress={() => list.scrollToEnd()}>
            {translate('chat.message.newText')}
          </Button>
        </div>
      )}
    </div>
  )
}

type RowsProps = {
  readonly list: List
  readonly messages: readonly Message[]
  readonly count: number
  readonly conversationId: string
  readonly lit: string | null
}

function Rows({ list, messages, count, conversationId, lit }: RowsProps): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.all} style={{ height: list.getTotalSize() }}>
      {list.getVirtualItems().map(({ key, index, start }) => {
        const message = messages[index]
        return (
          <div
            key={key}
            ref={list.measureElement}
            data-index={index}
            role="article"
            aria-posinset={index + 1}
            aria-setsize={count}
            aria-label={translate(message?.role === 'assistant' ? 'chat.message.answer' : 'chat.message.you')}
            className={styles.row}
            style={{ transform: `translateY(${start}px)` }}
          >
            {message === undefined ? (
              <PendingRow conversationId={conversationId} />
            ) : (
              <MessageRow message={message} last={index === messages.length - 1} lit={message.id === lit} />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** Whether one is at the end; goes there when the conversation opens and when the person sends. */
function useFollowing(list: List, frame: RefObject<HTMLDivElement | null>, sending: boolean): boolean {
  const [atEnd, setAtEnd] = useState(true)
  useLayoutEffect(() => list.scrollToEnd(), [list])
  useLayoutEffect(() => {
    if (sending) list.scrollToEnd()
  }, [list, sending])
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    function look(): void {
      if (element !== null) setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight <= nearEnd)
    }
    element.addEventListener('scroll', look, { passive: true })
    const grown = new ResizeObserver(look)
    if (element.firstElementChild !== null) grown.observe(element.firstElementChild)
    return () => {
      element.removeEventListener('scroll', look)
      grown.disconnect()
    }
  }, [frame])
  return atEnd
}

/** Goes to the message a search hit names, and lights it up for a moment. */
function useTarget(list: List, messages: readonly Message[]): string | null {
  const target = useSotto((state) => state.chatTarget)
  const reachTarget = useSotto((state) => state.reachTarget)
  useEffect(() => {
    const index = target === null ? -1 : messages.findIndex(({ id }) => id === target)
    if (index < 0) return undefined
    list.scrollToIndex(index, { align: 'center' })
    const timer = window.setTimeout(reachTarget, 2500)
    return () => window.clearTimeout(timer)
  }, [target, messages, list, reachTarget])
  return target
}

/** Says once that an answer is written, not every word of it. */
function Announcement({ state }: { readonly state: Message['state'] | null }): ReactNode {
  const translate = useTranslate()
  const [heard, setHeard] = useState(state)
  const [words, setWords] = useState('')
  if (heard !== state) {
    setHeard(state)
    if (state === 'streaming') setWords(translate('chat.message.writing'))
    else if (heard === 'streaming')
      setWords(translate(state === 'failed' ? 'chat.message.failed' : 'chat.message.complete'))
    else setWords('')
  }
  return (
    <p role="status" className={styles.spoken}>
      {words}
    </p>
  )
}

/** A first guess at a row's height in pixels, until it is measured. */
function estimate(message: Message | undefined): number {
  if (message === undefined) return 120
  const lines = Math.ceil(message.text.length / 72) + (message.text.match(/\n/g)?.length ?? 0)
  return message.role === 'person' ? 84 + lines * 21 : 72 + lines * 27
}
