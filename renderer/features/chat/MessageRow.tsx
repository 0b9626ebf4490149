// One message: the person's in the chrome's font under a thin rule, the answer in serif; its actions beneath.
import type { Message } from '#contract/chat.ts'
import { ChevronLeft, ChevronRight, Pencil, RefreshCw } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { Markdown } from '../../markdown/Markdown.tsx'
import { visibleText } from '../../markdown/visibleText.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/classNames.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { OutsideNotice } from '../../ui/OutsideNotice.tsx'
import { useTranslate } from '../../ui/text.ts'
import { CloudReceipt } from './CloudReceipt.tsx'
import { DocumentChips } from './DocumentChips.tsx'
import { FailureWays } from './FailureWays.tsx'
import styles from './MessageRow.module.css'
import { ProvenanceLine } from './ProvenanceLine.tsx'
import { ReadingLine } from './ReadingLine.tsx'

type MessageRowProps = { readonly message: Message; readonly last: boolean; readonly lit: boolean }

/** A message with its actions; `lit` marks the one a search led to. */
export const MessageRow = memo(function MessageRow({ message, last, lit }: MessageRowProps): ReactNode {
  return (
    <div
      className={classNames(
        styles.message,
        styles[message.role],
        lit && styles.lit,
        message.provenance?.cloud !== undefined && styles.outside,
      )}
      data-message={message.id}
    >
      {message.role === 'person' ? <PersonText message={message} /> : <AnswerText message={message} />}
      {message.state !== 'streaming' && <Actions message={message} last={last} />}
    </div>
  )
})

function PersonText({ message }: { readonly message: Message }): ReactNode {
  return (
    <>
      <p className={styles.words}>{visibleText(message.text)}</p>
      {message.documentIds.length > 0 && <DocumentChips documentIds={message.documentIds} />}
    </>
  )
}

function AnswerText({ message }: { readonly message: Message }): ReactNode {
  const translate = useTranslate()
  const live = useSotto((state) => state.liveAnswers[message.id] ?? null)
  const text = live?.text ?? message.text
  const growing = message.state === 'streaming'
  const provider = message.provenance?.cloud?.providerName
  return (
    <>
      {growing && provider !== undefined && (
        <div className={styles.elsewhere}>
          <OutsideNotice label={translate('chat.place.outside')}>
            {translate(text === '' ? 'chat.cloud.waiting' : 'chat.cloud.writing', { name: provider })}
          </OutsideNotice>
        </div>
      )}
      {text !== '' && (
        <div className={styles.answer}>
          <Markdown text={text} growing={growing} />
        </div>
      )}
      {growing && text === '' && provider === undefined && (
        <ReadingLine conversationId={message.conversationId} reading={live?.reading ?? null} />
      )}
      {message.state === 'partial' && <p className={styles.note}>{translate('chat.message.partial')}</p>}
      {message.state === 'failed' && message.failure !== null && (
        <FailureNote
          failure={message.failure}
          action={
            <>
              <Retry message={message} />
              <FailureWays failure={message.failure} />
            </>
          }
        />
      )}
    </>
  )
}

/** An attempt elsewhere is tried again from the same draft, which is shown again, or here; nothing goes by itself. */
function Retry({ message }: { readonly message: Message }): ReactNode {
  const translate = useTranslate()
  const regenerate = useSotto((state) => state.regenerate)
  const askCloudAgain = useSotto((state) => state.askCloudAgain)
  const choosePlace = useSotto((state) => state.choosePlace)
  const draftId = message.provenance?.cloud?.draftId
  const order = {
    kind: 'message',
    conversationId: message.conversationId,
    turn: { kind: 'regenerate', messageId: message.id },
    history: true,
  } as const
  if (draftId === undefined) {
    return (
      <Button size="small" onPress={() => void regenerate(message.id)}>
        {translate('chat.message.retry')}
      </Button>
    )
  }
  return (
    <>
      <Button size="small" onPress={() => void askCloudAgain(order, draftId)}>
        {translate('chat.cloud.again')}
      </Button>
      <Button
        size="small"
        onPress={() => {
          choosePlace('here')
          void regenerate(message.id)
        }}
      >
        {translate('chat.cloud.here')}
      </Button>
    </>
  )
}

function Actions({ message, last }: { readonly message: Message; readonly last: boolean }): ReactNode {
  const translate = useTranslate()
  const editMessage = useSotto((state) => state.editMessage)
  const regenerate = useSotto((state) => state.regenerate)
  return (
    <div className={styles.foot}>
      {message.provenance !== null && <MadeWhere provenance={message.provenance} />}
      <div className={classNames(styles.actions, last && message.role === 'assistant' && styles.stay)}>
        {message.branch.count > 1 && <Branches message={message} />}
        {message.text !== '' && <CopyButton text={message.text} label={translate('chat.message.copy')} />}
        {message.role === 'person' ? (
          <IconButton label={translate('chat.message.edit')} onPress={() => editMessage(message)}>
            <Pencil aria-hidden />
          </IconButton>
        ) : message.state === 'failed' && message.failure !== null ? null : (
          <IconButton label={translate('chat.message.regenerate')} onPress={() => void regenerate(message.id)}>
            <RefreshCw aria-hidden />
          </IconButton>
        )}
      </div>
    </div>
  )
}

function MadeWhere({ provenance }: { readonly provenance: NonNullable<Message['provenance']> }): ReactNode {
  const { cloud } = provenance
  return cloud === undefined ? (
    <ProvenanceLine provenance={provenance} />
  ) : (
    <CloudReceipt provenance={provenance} cloud={cloud} />
  )
}

function Branches({ message: { branch, siblingIds } }: { readonly message: Message }): ReactNode {
  const translate = useTranslate()
  const selectBranch = useSotto((state) => state.selectBranch)
  const place = { index: branch.index + 1, count: branch.count }
  const before = siblingIds[branch.index - 1]
  const after = siblingIds[branch.index + 1]
  return (
    <div role="group" aria-label={translate('chat.message.branchLabel', place)} className={styles.branches}>
      <IconButton
        label={translate('chat.message.previous')}
        isDisabled={before === undefined}
        onPress={() => before !== undefined && void selectBranch(before)}
      >
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className={styles.place}>{translate('chat.message.branch', place)}</span>
      <IconButton
        label={translate('chat.message.next')}
        isDisabled={after === undefined}
        onPress={() => after !== undefined && void selectBranch(after)}
      >
        <ChevronRight aria-hidden />
      </IconButton>
    </div>
  )
}
