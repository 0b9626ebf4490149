// The foot of the sheet: what happens next in one line, keeping it here, and the one press that sends.
import { type ReactNode, useEffect, useRef } from 'react'
import type { Consent } from '../../state/cloud/cloudState.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './Decision.module.css'
import { useExpired } from './useExpired.ts'
import { useInert } from './useInert.ts'

type Part = { readonly consent: Consent }

const approvable: readonly string[] = ['waiting', 'approved', 'failed']

/** "Keep on this computer" has the focus from the start, and Enter never reaches the button that sends. */
export function Decision({ consent }: Part): ReactNode {
  const translate = useTranslate()
  const expired = useExpired(consent.draft)
  const closed = expired || !approvable.includes(consent.draft.state)
  const failure = consent.failure ?? (closed ? null : consent.draft.blocked)
  return (
    <footer aria-label={translate('consent.decide.label')} role="group" className={styles.decision}>
      {failure !== null && <FailureNote failure={failure} />}
      <div className={styles.line}>
        <p className={styles.next} role="status">
          <NextLine consent={consent} expired={expired} closed={closed} />
        </p>
        <div className={styles.buttons}>
          <Keep busy={consent.busy !== null} />
          <Send consent={consent} closed={closed} />
        </div>
      </div>
    </footer>
  )
}

type LineProps = Part & { readonly expired: boolean; readonly closed: boolean }

function NextLine({ consent, expired, closed }: LineProps): ReactNode {
  const translate = useTranslate()
  const { busy, draft, scope } = consent
  if (busy !== null) return translate(`consent.decide.${busy === 'approving' ? 'sending' : busy}`)
  if (closed) return translate(`consent.decide.${expired ? 'expired' : 'closed'}`)
  if (draft.blocked !== null) return translate('consent.decide.blocked')
  return translate(`consent.decide.next.${scope}`, { host: draft.recipient.host })
}

function Keep({ busy }: { readonly busy: boolean }): ReactNode {
  const translate = useTranslate()
  const keepHere = useSotto((state) => state.keepHere)
  const button = useRef<HTMLDivElement>(null)
  useEffect(() => button.current?.querySelector('button')?.focus(), [])
  useEffect(() => {
    // A button that was switched off while something went on has lost the keyboard; Escape would reach nobody.
    if (!busy && document.activeElement === document.body) button.current?.querySelector('button')?.focus()
  }, [busy])
  return (
    <div ref={button}>
      <Button tone="filled" onPress={() => void keepHere()}>
        {translate('consent.decide.keep')}
      </Button>
    </div>
  )
}

function Send({ consent, closed }: Part & { readonly closed: boolean }): ReactNode {
  const translate = useTranslate()
  const approve = useSotto((state) => state.approveConsent)
  const prepareAgain = useSotto((state) => state.prepareConsentAgain)
  const navigate = useSotto((state) => state.navigate)
  const { draft, scope, busy } = consent
  // Other bytes, or another reach, and the button is a fresh one.
  const { inert, guard } = useInert(`${draft.request.digest} ${scope} ${consent.alsoFallback}`)
  if (closed) {
    return (
      <Button isDisabled={busy !== null} onPress={() => void prepareAgain()}>
        {translate('consent.decide.again')}
      </Button>
    )
  }
  if (draft.blocked !== null) {
    return <Button onPress={() => navigate('settings')}>{translate('consent.decide.toSettings')}</Button>
  }
  return (
    <div
      data-sends
      {...guard}
      onKeyDownCapture={(event) => {
        guard.onKeyDownCapture(event)
        if (event.key !== 'Enter') return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <Button
        tone="outside"
        icon={<OutsideMark label={translate('consent.facts.outside')} />}
        isDisabled={inert || busy !== null}
        onPress={() => void approve()}
      >
        {translate(`consent.decide.send.${scope}`)}
      </Button>
    </div>
  )
}
