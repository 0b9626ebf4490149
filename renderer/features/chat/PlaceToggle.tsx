// Where the next task is done: here unless the person turns it out, for this task and not for good. It sends nothing.
import { Building2, Monitor } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { newChatKey, shownChatId } from '../../state/chat/chatState.ts'
import { letsGo, scopeOfConversation } from '../../state/cloud/cloudScopes.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useTranslate } from '../../ui/text.ts'
import styles from './PlaceToggle.module.css'

/** The toggle; where nothing is set up, or all is closed, the other side only says why. */
export function PlaceToggle(): ReactNode {
  const translate = useTranslate()
  const cloud = useSotto((state) => state.cloud)
  const place = useSotto((state) => (state.places[shownChatId(state) ?? newChatKey] === 'cloud' ? 'cloud' : 'here'))
  const choosePlace = useSotto((state) => state.choosePlace)
  // Under an open permission no sheet comes; the line above the composer says so.
  const covered = useSotto((state) =>
    letsGo(scopeOfConversation(state.cloudScopes, shownChatId(state)), state.cloud, { kind: 'message' }),
  )
  const [asked, setAsked] = useState(false)
  const chosen = cloud?.chosen ?? null
  const ready = chosen !== null && cloud?.blocked === null
  return (
    <div
      className={styles.place}
      data-place={ready ? place : 'here'}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setAsked(false)
      }}
    >
      <SegmentedControl<'here' | 'cloud'>
        label={translate('chat.place.label')}
        value={ready ? place : 'here'}
        onChange={(side) => {
          if (ready) choosePlace(side)
          else setAsked(side === 'cloud')
        }}
        options={[
          {
            value: 'here',
            label: (
              <>
                <Monitor aria-hidden />
                {translate('chat.place.here')}
              </>
            ),
          },
          {
            value: 'cloud',
            label: (
              <>
                {chosen?.inside === true ? (
                  <Building2 aria-hidden />
                ) : (
                  <OutsideMark label={translate('chat.place.outside')} />
                )}
                {chosen === null ? translate('chat.place.cloud') : `${chosen.providerName} · ${chosen.modelName}`}
              </>
            ),
          },
        ]}
      />
      <div role="status" className={styles.answer}>
        {asked && !ready && <WhyNot />}
        {ready && place === 'cloud' && !covered && <span>{translate('chat.place.firstRead')}</span>}
      </div>
    </div>
  )
}

function WhyNot(): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const code = useSotto((state) => state.cloud?.blocked?.code ?? 'cloud-not-set-up')
  const known = ['cloud-key-missing', 'cloud-provider-not-allowed', 'local-only', 'cloud-not-set-up'].includes(code)
  return (
    <>
      <span>{translate(`chat.place.why.${known ? code : 'cloud-not-set-up'}`)}</span>
      <Button size="small" tone="quiet" onPress={() => navigate('settings')}>
        {translate('chat.place.settings')}
      </Button>
    </>
  )
}
