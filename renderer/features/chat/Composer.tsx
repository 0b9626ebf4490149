// Where the person writes: documents, text, where it is answered, Send or Stop.
import { ArrowUp, PenLine, Square } from 'lucide-react'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { emptyDraft, newChatKey, shownChatId } from '../../state/chat/chatState.ts'
import { cloudReady } from '../../state/cloud/cloudReady.ts'
import type { State } from '../../state/state.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useTranslate } from '../../ui/text.ts'
import { AttachMenu } from './AttachMenu.tsx'
import { CloudEdges } from './CloudEdges.tsx'
import styles from './Composer.module.css'
import { DocumentChips } from './DocumentChips.tsx'
import { PlaceToggle } from './PlaceToggle.tsx'
import { RewritePanel } from './RewritePanel.tsx'

type ComposerProps = { readonly fieldRef: RefObject<HTMLTextAreaElement | null> }

function draftOf(state: State): State['drafts'][string] {
  return state.drafts[shownChatId(state) ?? newChatKey] ?? emptyDraft
}

/** Whether a turn is on its way (`sending`), an answer is being written, or neither. */
function activityOf(state: State): 'sending' | 'writing' | 'idle' {
  const view = state.chats[shownChatId(state) ?? '']
  if (view === undefined) return 'idle'
  if (view.pending !== null) return 'sending'
  return view.messages.at(-1)?.state === 'streaming' ? 'writing' : 'idle'
}

/** The composer of the open conversation. */
export function Composer({ fieldRef }: ComposerProps): ReactNode {
  const activity = useSotto(activityOf)
  return (
    <section className={styles.composer} aria-label={useTranslate()('chat.composer.label')}>
      <div className={styles.inside}>
        <CloudEdges />
        <RewritePanel />
        <Editing />
        <Attaching />
        <div className={styles.sheet} data-quiet={activity === 'sending'}>
          <Attached sending={activity === 'sending'} />
          <Field fieldRef={fieldRef} sending={activity === 'sending'} />
          <div className={styles.tools}>
            <div className={styles.left}>
              <AttachMenu onAttached={() => focusAfterMenu(fieldRef)} />
              <RewriteButton />
            </div>
            <SendOrStop activity={activity} />
          </div>
        </div>
        <PlaceToggle />
      </div>
    </section>
  )
}

/** A menu that closes gives the focus back to its button a frame later; from there it goes on to the text. */
function focusAfterMenu(fieldRef: ComposerProps['fieldRef']): void {
  window.setTimeout(() => fieldRef.current?.focus(), 60)
}

function Attached({ sending }: { readonly sending: boolean }): ReactNode {
  const { documentIds } = useSotto(draftOf)
  const detachDocument = useSotto((state) => state.detachDocument)
  if (documentIds.length === 0 || sending) return null
  return (
    <div className={styles.chips}>
      <DocumentChips documentIds={documentIds} onDetach={detachDocument} />
    </div>
  )
}

function Field({ fieldRef, sending }: ComposerProps & { readonly sending: boolean }): ReactNode {
  const translate = useTranslate()
  const { text, documentIds } = useSotto(draftOf)
  const changeDraft = useSotto((state) => state.changeDraft)
  const sendDraft = useSotto((state) => state.sendDraft)
  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends an input method's word belongs to the word.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void sendDraft()
  }
  const placeholder = documentIds.length > 0 ? 'placeholderDocument' : 'placeholder'
  return (
    <textarea
      ref={fieldRef}
      rows={1}
      aria-label={translate('chat.composer.label')}
      title={translate('chat.composer.hint')}
      placeholder={translate(`chat.composer.${placeholder}`)}
      // What is on its way stands in the list; it comes back here if it is refused.
      value={sending ? '' : text}
      readOnly={sending}
      onChange={(event) => changeDraft(event.target.value)}
      onKeyDown={onKeyDown}
      className={styles.field}
    />
  )
}

function SendOrStop({ activity }: { readonly activity: ReturnType<typeof activityOf> }): ReactNode {
  const translate = useTranslate()
  const blank = useSotto((state) => draftOf(state)?.text.trim() === '')
  const sendDraft = useSotto((state) => state.sendDraft)
  const stopAnswer = useSotto((state) => state.stopAnswer)
  if (activity !== 'idle' && (blank || activity === 'sending')) {
    return (
      <Button icon={<Square aria-hidden />} onPress={() => void stopAnswer()}>
        {translate('chat.composer.stop')}
      </Button>
    )
  }
  return (
    <Button tone="filled" icon={<ArrowUp aria-hidden />} isDisabled={blank} onPress={() => void sendDraft()}>
      {translate('chat.composer.send')}
    </Button>
  )
}

/** There as soon as there is something to rewrite and somebody to do it. */
function RewriteButton(): ReactNode {
  const translate = useTranslate()
  const ready = useSotto(cloudReady)
  const blank = useSotto((state) => draftOf(state)?.text.trim() === '')
  const open = useSotto((state) => state.rewrite !== null)
  const openRewrite = useSotto((state) => state.openRewrite)
  if (!ready || blank) return null
  return (
    <Button size="small" tone="quiet" icon={<PenLine aria-hidden />} isDisabled={open} onPress={openRewrite}>
      {translate('chat.rewrite.open')}
    </Button>
  )
}

function Editing(): ReactNode {
  const translate = useTranslate()
  const editing = useSotto((state) => draftOf(state)?.editing ?? null)
  const cancelEdit = useSotto((state) => state.cancelEdit)
  if (editing === null) return null
  return (
    <div className={styles.editing}>
      <p>{translate('chat.composer.editing')}</p>
      <Button size="small" tone="quiet" onPress={cancelEdit}>
        {translate('chat.composer.cancelEdit')}
      </Button>
    </div>
  )
}

function Attaching(): ReactNode {
  const translate = useTranslate()
  const attaching = useSotto((state) => state.attaching)
  if (attaching === null) return null
  if (attaching.failure !== null) return <FailureNote failure={attaching.failure} />
  return (
    <p role="status" className={styles.attaching}>
      {translate('chat.composer.reading', { name: attaching.name })}
    </p>
  )
}
