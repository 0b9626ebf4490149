// What stands above the composer about the outside: an open permission, what is being prepared, a refusal, a proposal.
import type { Failure } from '#contract/failures.ts'
import type { ReactNode } from 'react'
import type { CloudOrder } from '../../state/cloud/cloudState.ts'
import { letsGo, scopeOfConversation } from '../../state/cloud/cloudScopes.ts'
import { newChatKey, shownChatId } from '../../state/chat/chatState.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { formatTime, formatUsd } from '../../ui/format.ts'
import { Late } from '../../ui/Late.tsx'
import { OutsideNotice } from '../../ui/OutsideNotice.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './CloudEdges.module.css'
import { FailureWays } from './FailureWays.tsx'

/** Nothing most of the time. */
export function CloudEdges(): ReactNode {
  return (
    <>
      <OpenScope />
      <Proposal />
      <Preparing />
      <Refused />
    </>
  )
}

function OpenScope(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const scope = useSotto((state) => scopeOfConversation(state.cloudScopes, shownChatId(state)))
  const withdraw = useSotto((state) => state.withdraw)
  if (scope === null) return null
  const time = formatTime(new Date(scope.expiresAt), language)
  return (
    <OutsideNotice
      label={translate('chat.place.outside')}
      action={
        <Button size="small" tone="outside" onPress={() => void withdraw(scope.id)}>
          {translate('chat.cloud.withdraw')}
        </Button>
      }
    >
      {translate('chat.cloud.open', { name: scope.providerName, time })}
    </OutsideNotice>
  )
}

/** A quiet line with the reason and the price. It changes the toggle at most; sending still goes through the sheet. */
function Proposal(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const proposal = useSotto((state) => state.proposals[shownChatId(state) ?? newChatKey] ?? null)
  const place = useSotto((state) => (state.places[shownChatId(state) ?? newChatKey] === 'cloud' ? 'cloud' : 'local'))
  const blocked = useSotto((state) => state.cloud?.blocked ?? null)
  const covered = useSotto((state) =>
    letsGo(scopeOfConversation(state.cloudScopes, shownChatId(state)), state.cloud, { kind: 'message' }),
  )
  const choosePlace = useSotto((state) => state.choosePlace)
  const [reason] = proposal?.reasons ?? []
  if (proposal === null || proposal.place === place || reason === undefined) return null
  // It promises that one reads first, which is not so where a permission is open.
  if (proposal.place === 'cloud' && (blocked !== null || covered)) return null
  const why = translate(`chat.proposal.reason.${reason}`)
  const usd = proposal.estimate?.usd ?? null
  const words =
    proposal.place === 'local'
      ? translate('chat.proposal.local', { why })
      : translate(usd === null ? 'chat.proposal.cloudFree' : 'chat.proposal.cloud', {
          why,
          name: proposal.model?.providerName ?? '',
          model: proposal.model?.modelName ?? '',
          usd: usd === null ? '' : formatUsd(usd, language),
        })
  return (
    <div className={styles.proposal}>
      <p>{words}</p>
      <Button size="small" tone="quiet" onPress={() => choosePlace(proposal.place === 'cloud' ? 'cloud' : 'here')}>
        {translate(`chat.proposal.take.${proposal.place}`)}
      </Button>
    </div>
  )
}

function Preparing(): ReactNode {
  const translate = useTranslate()
  const preparing = useSotto((state) => state.cloudPreparing !== null && state.cloudPreparing.kind !== 'summary')
  const stop = useSotto((state) => state.stopCloudPreparing)
  const drop = useSotto((state) => state.dropCloudPreparing)
  if (!preparing) return null
  return (
    <Late milliseconds={400}>
      <div className={styles.quiet}>
        <span role="status">{translate('chat.cloud.preparing')}</span>{' '}
        <Button size="small" tone="quiet" onPress={drop}>
          {translate('shell.actions.stop')}
        </Button>
        <Late milliseconds={1600}>
          <Button size="small" tone="quiet" onPress={stop}>
            {translate('consent.decide.skipNames')}
          </Button>
        </Late>
      </div>
    </Late>
  )
}

function Refused(): ReactNode {
  const translate = useTranslate()
  const refused = useSotto((state) => state.cloudRefused)
  const shown = useSotto(shownChatId)
  const askCloud = useSotto((state) => state.askCloud)
  const askCloudAgain = useSotto((state) => state.askCloudAgain)
  const dismiss = useSotto((state) => state.dismissCloudRefused)
  if (refused === null || refused.order.kind === 'summary' || refused.order.conversationId !== shown) return null
  const { order, failure, draftId } = refused
  return (
    <FailureNote
      failure={failure}
      action={
        <>
          <Button
            size="small"
            onPress={() => void (draftId === null ? askCloud(order, 'read-first') : askCloudAgain(order, draftId))}
          >
            {translate('chat.cloud.again')}
          </Button>
          <Shorter order={order} failure={failure} />
          <FailureWays failure={failure} />
          <Button size="small" tone="quiet" onPress={dismiss}>
            {translate('shell.actions.close')}
          </Button>
        </>
      }
    />
  )
}

type WayOutProps = { readonly order: CloudOrder; readonly failure: Failure }

/** What is too long with the conversation may fit without it. */
function Shorter({ order, failure }: WayOutProps): ReactNode {
  const translate = useTranslate()
  const askCloud = useSotto((state) => state.askCloud)
  if (failure.code !== 'cloud-context-full' || order.kind !== 'message' || !order.history) return null
  return (
    <Button size="small" onPress={() => void askCloud({ ...order, history: false })}>
      {translate('chat.cloud.withoutHistory')}
    </Button>
  )
}
