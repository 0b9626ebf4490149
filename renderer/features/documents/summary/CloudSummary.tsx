// A summary made elsewhere: the button that has it drafted, an open permission, a proposal, and why it could not begin.
import type { DocumentRecord } from '#contract/document.ts'
import { type ReactNode, useEffect, useState } from 'react'
import { cloudReady } from '../../../state/cloud/cloudReady.ts'
import { letsGo, scopeOfDocument } from '../../../state/cloud/cloudScopes.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { formatTime, formatUsd } from '../../../ui/format.ts'
import { Late } from '../../../ui/Late.tsx'
import { OutsideMark } from '../../../ui/OutsideMark.tsx'
import { OutsideNotice } from '../../../ui/OutsideNotice.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './CloudSummary.module.css'

type Part = { readonly document: DocumentRecord }

/** Stands below the presets. Its button opens the sheet and sends nothing; under a permission it says that it sends. */
export function CloudSummary({ document }: Part): ReactNode {
  return (
    <div className={styles.place}>
      <Ask document={document} />
      <Proposal document={document} />
      <OpenScope document={document} />
      <Refused document={document} />
    </div>
  )
}

function Ask({ document }: Part): ReactNode {
  const translate = useTranslate()
  const cloud = useSotto((state) => state.cloud)
  const preparing = useSotto((state) => state.cloudPreparing !== null)
  const phase = useSotto((state) => state.summaryRuns[document.id]?.phase)
  const wordless = useSotto((state) => state.preset === 'own' && state.instruction.trim() === '')
  const order = useOrder(document.id)
  const askCloud = useSotto((state) => state.askCloud)
  const stop = useSotto((state) => state.stopCloudPreparing)
  const drop = useSotto((state) => state.dropCloudPreparing)
  const navigate = useSotto((state) => state.navigate)
  const [asked, setAsked] = useState(false)
  const ready = useSotto(cloudReady)
  const covered = useCovered(document.id)
  const busy = phase === 'working' || phase === 'stopping' || preparing
  const why = cloud?.blocked?.code === 'local-only' ? 'local-only' : 'notReady'
  return (
    <div className={styles.ask}>
      <Button
        size="small"
        tone={ready ? 'outside' : 'quiet'}
        icon={<OutsideMark label={translate('consent.facts.outside')} />}
        isDisabled={ready && (busy || wordless)}
        onPress={() => (ready ? void askCloud(order()) : setAsked(true))}
      >
        {ready
          ? translate(`consent.document.${covered ? 'send' : 'ask'}`, { name: cloud?.chosen?.providerName })
          : translate('consent.document.askSomebody')}
      </Button>
      <span role="status" className={styles.note}>
        {preparing && translate('consent.document.preparing')}
        {preparing && (
          <Late milliseconds={400}>
            <Button size="small" tone="quiet" onPress={drop}>
              {translate('shell.actions.stop')}
            </Button>
          </Late>
        )}
        {preparing && (
          <Late milliseconds={2000}>
            <Button size="small" tone="quiet" onPress={stop}>
              {translate('consent.decide.skipNames')}
            </Button>
          </Late>
        )}
        {asked && !ready && (
          <>
            {translate(`consent.document.${why}`)}
            <Button size="small" tone="quiet" onPress={() => navigate('settings')}>
              {translate('consent.decide.toSettings')}
            </Button>
          </>
        )}
      </span>
    </div>
  )
}

/** Whether an open permission lets the summary go to the chosen model without a sheet. */
function useCovered(documentId: string): boolean {
  return useSotto(({ cloudScopes, cloud, preset }) =>
    letsGo(scopeOfDocument(cloudScopes, documentId), cloud, { kind: 'summary', instructed: preset === 'own' }),
  )
}

/** The order for the chosen preset, as it stands when it is asked for. */
function useOrder(documentId: string) {
  const preset = useSotto((state) => state.preset)
  const instruction = useSotto((state) => state.instruction)
  return () =>
    ({ kind: 'summary', documentId, preset, instruction: preset === 'own' ? instruction.trim() : null }) as const // as: one kind of order
}

/** It promises that one reads first, so it does not stand where a permission is open. */
function Proposal({ document }: Part): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const preset = useSotto((state) => state.preset)
  const ready = useSotto(cloudReady)
  const proposal = useSotto((state) => state.summaryProposals[document.id] ?? null)
  const proposeSummary = useSotto((state) => state.proposeSummary)
  const covered = useCovered(document.id)
  useEffect(() => {
    if (ready) void proposeSummary(document.id)
  }, [ready, preset, document.id, proposeSummary])
  const [reason] = proposal?.reasons ?? []
  if (proposal === null || proposal.place === 'local' || reason === undefined || !ready || covered) return null
  const usd = proposal.estimate?.usd ?? null
  const why = translate(`chat.proposal.reason.${reason}`)
  return (
    <p className={styles.note}>
      {translate(usd === null ? 'consent.document.proposalFree' : 'consent.document.proposal', {
        why,
        name: proposal.model?.providerName ?? '',
        usd: usd === null ? '' : formatUsd(usd, language),
      })}
    </p>
  )
}

function OpenScope({ document }: Part): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const scope = useSotto((state) => scopeOfDocument(state.cloudScopes, document.id))
  const withdraw = useSotto((state) => state.withdraw)
  if (scope === null) return null
  return (
    <OutsideNotice
      label={translate('consent.facts.outside')}
      action={
        <Button size="small" tone="outside" onPress={() => void withdraw(scope.id)}>
          {translate('chat.cloud.withdraw')}
        </Button>
      }
    >
      {translate('consent.document.open', {
        name: scope.providerName,
        time: formatTime(new Date(scope.expiresAt), language),
      })}
    </OutsideNotice>
  )
}

function Refused({ document }: Part): ReactNode {
  const translate = useTranslate()
  const refused = useSotto((state) => state.cloudRefused)
  const askCloud = useSotto((state) => state.askCloud)
  const dismiss = useSotto((state) => state.dismissCloudRefused)
  if (refused === null || refused.order.kind !== 'summary' || refused.order.documentId !== document.id) return null
  return (
    <FailureNote
      failure={refused.failure}
      action={
        <>
          <Button size="small" onPress={() => void askCloud(refused.order, 'read-first')}>
            {translate('chat.cloud.again')}
          </Button>
          <Button size="small" tone="quiet" onPress={dismiss}>
            {translate('shell.actions.close')}
          </Button>
        </>
      }
    />
  )
}
