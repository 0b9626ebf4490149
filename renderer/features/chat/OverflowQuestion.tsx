// The question when a turn does not fit: what it needs, what there is, and every choice in plain words.
import type { FailureDetails } from '#contract/failures.ts'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { Overflow, Turn } from '../../state/chat/chatState.ts'
import { useSotto } from '../../state/store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './OverflowQuestion.module.css'

type OverflowQuestionProps = {
  readonly conversationId: string
  readonly turn: Turn
  readonly details: FailureDetails['context-full']
  /** The largest context the model could have here; 0 while it is not known. */
  readonly largestContextTokens: number
}

/** An inline panel; nothing is left out or shortened until one of its choices is pressed. */
export function OverflowQuestion({
  conversationId,
  turn,
  details,
  largestContextTokens,
}: OverflowQuestionProps): ReactNode {
  const translate = useTranslate()
  const resendRefused = useSotto((state) => state.resendRefused)
  const dismissRefused = useSotto((state) => state.dismissRefused)
  const startFresh = useSotto((state) => state.startFresh)
  const older = useSotto(
    (state) => (state.chats[conversationId]?.messages.length ?? 0) > (turn.kind === 'send' ? 0 : 2),
  )
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const larger =
    largestContextTokens > details.contextTokens &&
    largestContextTokens >= details.neededTokens + details.reservedTokens
  const documents = turn.kind === 'send' && turn.documentIds.length > 0
  const choose = (choice: Overflow) => () => void resendRefused(choice)
  return (
    <section className={styles.panel} aria-labelledby="overflow-title">
      <header className={styles.head}>
        <h2 id="overflow-title" ref={heading} tabIndex={-1} className={styles.title}>
          {translate('chat.overflow.title')}
        </h2>
        <IconButton label={translate('chat.overflow.close')} onPress={dismissRefused}>
          <X aria-hidden />
        </IconButton>
      </header>
      <p className={styles.text}>
        {translate('chat.overflow.text', {
          needed: details.neededTokens,
          available: Math.max(0, details.contextTokens - details.reservedTokens),
          reserved: details.reservedTokens,
        })}
      </p>
      <ul className={styles.choices}>
        {older && <Choice name="oldest" onPress={choose('leave-out-oldest')} />}
        {older && <Choice name="summarize" onPress={choose('summarize-older')} />}
        {larger && <Choice name="larger" onPress={choose('larger-context')} />}
        {documents && <Choice name="shorten" onPress={choose('shorten-documents')} />}
        {turn.kind === 'send' && older && <Choice name="fresh" onPress={() => void startFresh()} />}
      </ul>
    </section>
  )
}

function Choice({ name, onPress }: { readonly name: string; readonly onPress: () => void }): ReactNode {
  const translate = useTranslate()
  return (
    <li>
      <Button className={styles.choice ?? ''} onPress={onPress}>
        <span className={styles.name}>{translate(`chat.overflow.${name}`)}</span>
        <span className={styles.why}>{translate(`chat.overflow.${name}Why`)}</span>
      </Button>
    </li>
  )
}
