// A text of the composer rewritten by the chosen provider: how, then the sheet, then the result beside what one wrote.
import type { RewriteStyle } from '#contract/chat.ts'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { shownChatId } from '../../state/chat/chatState.ts'
import { letsGo, scopeOfConversation } from '../../state/cloud/cloudScopes.ts'
import type { Rewrite } from '../../state/cloud/cloudState.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { OutsideNotice } from '../../ui/OutsideNotice.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './RewritePanel.module.css'

const ways: readonly RewriteStyle[] = ['clearer', 'shorter', 'formal', 'friendly', 'own']

/** Shown while a rewriting is open in this conversation; the composer's text changes only when the result is taken. */
export function RewritePanel(): ReactNode {
  const translate = useTranslate()
  const rewrite = useSotto((state) => (state.rewrite?.conversationId === shownChatId(state) ? state.rewrite : null))
  const close = useSotto((state) => state.closeRewrite)
  if (rewrite === null) return null
  const chosen = rewrite.phase === 'choosing'
  return (
    <section aria-label={translate('chat.rewrite.title')} className={styles.panel} data-outside={!chosen}>
      <header className={styles.head}>
        <h2 className={styles.title}>{translate('chat.rewrite.title')}</h2>
        <IconButton label={translate('chat.rewrite.close')} onPress={close}>
          <X aria-hidden />
        </IconButton>
      </header>
      {chosen ? <Choosing rewrite={rewrite} /> : <Result rewrite={rewrite} />}
    </section>
  )
}

function Choosing({ rewrite }: { readonly rewrite: Rewrite }): ReactNode {
  const translate = useTranslate()
  const change = useSotto((state) => state.changeRewrite)
  const request = useSotto((state) => state.requestRewrite)
  const { style, instruction } = rewrite
  // Where a permission is open for the chosen model no sheet comes, and the button says what it does.
  const scope = useSotto((state) => scopeOfConversation(state.cloudScopes, rewrite.conversationId))
  const cloud = useSotto((state) => state.cloud)
  const open = letsGo(scope, cloud, { kind: 'rewrite', instructed: style === 'own' }) ? scope : null
  return (
    <>
      <SegmentedControl
        label={translate('chat.rewrite.how')}
        value={style}
        onChange={(value) => change({ style: value })}
        options={ways.map((value) => ({ value, label: translate(`chat.rewrite.way.${value}`) }))}
      />
      {style === 'own' && (
        <TextField
          label={translate('chat.rewrite.instruction')}
          value={instruction}
          onChange={(value) => change({ instruction: value })}
        />
      )}
      <div className={styles.actions}>
        <Button
          size="small"
          tone="outside"
          isDisabled={style === 'own' && instruction.trim() === ''}
          onPress={() => void request()}
        >
          {translate(`chat.rewrite.${open === null ? 'read' : 'send'}`)}
        </Button>
        <span className={styles.note}>
          {open === null
            ? translate('chat.rewrite.note')
            : translate('chat.rewrite.noteOpen', { name: open.providerName })}
        </span>
      </div>
    </>
  )
}

function Result({ rewrite }: { readonly rewrite: Rewrite }): ReactNode {
  const translate = useTranslate()
  const stop = useSotto((state) => state.stopRewrite)
  const take = useSotto((state) => state.takeRewrite)
  const request = useSotto((state) => state.requestRewrite)
  const { phase, result, providerName, failure } = rewrite
  return (
    <>
      <OutsideNotice label={translate('chat.place.outside')}>
        {translate(`chat.rewrite.phase.${phase}`, { name: providerName })}
      </OutsideNotice>
      {result !== '' && <p className={styles.result}>{result}</p>}
      {failure !== null && (
        <FailureNote
          failure={failure}
          action={
            <Button size="small" onPress={() => void request('read-first')}>
              {translate('chat.cloud.again')}
            </Button>
          }
        />
      )}
      <div className={styles.actions}>
        {phase === 'working' ? (
          <Button size="small" onPress={stop}>
            {translate('chat.composer.stop')}
          </Button>
        ) : (
          <Button size="small" tone="filled" isDisabled={result.trim() === ''} onPress={take}>
            {translate('chat.rewrite.take')}
          </Button>
        )}
      </div>
    </>
  )
}
