// The consent sheet: a page with the whole request at the left, who gets it at the right, and the decision at the foot.
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import type { Consent } from '../../state/cloud/cloudState.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatMoment } from '../../ui/format.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './ConsentSheet.module.css'
import { Decision } from './Decision.tsx'
import { DraftText } from './DraftText.tsx'
import { FurtherFacts, MainFacts } from './Facts.tsx'
import { countInvisible } from './invisible.ts'
import { Reach } from './Reach.tsx'
import { RawRequest } from './RawRequest.tsx'

type View = 'readable' | 'raw'

/** Reading it is all there is to do where nobody asked for it: then there is no button that sends. */
export function ConsentSheet({ consent }: { readonly consent: Consent }): ReactNode {
  const [view, setView] = useState<View>('readable')
  const keepHere = useSotto((state) => state.keepHere)
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented) return
    event.preventDefault()
    void keepHere()
  }
  return (
    <section
      aria-labelledby="consent-title"
      className={styles.sheet}
      data-inside={consent.draft.recipient.inside}
      onKeyDown={onKeyDown}
    >
      <Head consent={consent} view={view} onView={setView} />
      <Body consent={consent} view={view} />
      {consent.order === null ? <Back /> : <Decision consent={consent} />}
    </section>
  )
}

type HeadProps = { readonly consent: Consent; readonly view: View; readonly onView: (view: View) => void }

function Head({ consent: { order, draft }, view, onView }: HeadProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const lead =
    order === null
      ? translate('consent.leadRead', {
          when: formatMoment(new Date(draft.createdAt), language),
          state: translate(`consent.state.${draft.state}`),
        })
      : translate('consent.lead')
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        <h1 id="consent-title" className={styles.title}>
          {translate(`consent.title.${order === null ? 'read' : draft.kind}`, { name: draft.recipient.providerName })}
        </h1>
        <p className={styles.lead}>{lead}</p>
      </div>
      <SegmentedControl<View>
        label={translate('consent.view.label')}
        value={view}
        onChange={onView}
        options={[
          { value: 'readable', label: translate('consent.view.readable') },
          { value: 'raw', label: translate('consent.view.raw') },
        ]}
      />
    </header>
  )
}

function Body({ consent, view }: Pick<HeadProps, 'consent' | 'view'>): ReactNode {
  const translate = useTranslate()
  const switchRedaction = useSotto((state) => state.switchRedaction)
  const { order, draft } = consent
  const label = translate(`consent.text.${order === null ? 'labelRead' : 'label'}`)
  const onSwitch = order === null ? null : (id: string, on: boolean) => void switchRedaction(id, on)
  return (
    <div className={styles.body}>
      <div role="region" aria-label={label} tabIndex={0} className={styles.left}>
        {view === 'raw' ? (
          <RawRequest request={draft.request} />
        ) : (
          <>
            {onSwitch !== null && draft.redactions.length > 0 && (
              <p className={styles.hint}>{translate('consent.text.hint')}</p>
            )}
            <Unseen parts={draft.parts} />
            <DraftText draft={draft} onSwitch={onSwitch} />
          </>
        )}
      </div>
      <aside tabIndex={0} aria-label={translate('consent.facts.label')} className={styles.right}>
        {order !== null && draft.outside.length > 0 && <Outside reasons={draft.outside} />}
        <MainFacts draft={draft} />
        {order !== null && draft.blocked === null && <Reach consent={consent} />}
        <FurtherFacts draft={draft} />
      </aside>
    </div>
  )
}

/** Says in one line that the text holds characters one does not see; nothing where it holds none. */
function Unseen({ parts }: Pick<Consent['draft'], 'parts'>): ReactNode {
  const translate = useTranslate()
  const count = useMemo(() => countInvisible(parts.map(({ text }) => text)), [parts])
  if (count === 0) return null
  return (
    <p role="note" className={styles.hint} data-unseen={count}>
      {translate('consent.text.invisible', { count })}
    </p>
  )
}

function Outside({ reasons }: { readonly reasons: Consent['draft']['outside'] }): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.again}>
      <p>{translate('consent.outside.title')}</p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{translate(`consent.outside.${reason}`)}</li>
        ))}
      </ul>
    </div>
  )
}

function Back(): ReactNode {
  const translate = useTranslate()
  const keepHere = useSotto((state) => state.keepHere)
  return (
    <footer className={styles.foot}>
      <Button autoFocus onPress={() => void keepHere()}>
        {translate('consent.decide.back')}
      </Button>
    </footer>
  )
}
