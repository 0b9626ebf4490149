// What was decided: open permissions with one press to end each, and receipts, each with the way to what was sent.
import type { ConsentReceipt, OpenScope } from '#contract/consent.ts'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatBytes, formatMoment, formatTime, formatUsd } from '../../ui/format.ts'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { OutsideNotice } from '../../ui/OutsideNotice.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Approvals.module.css'

/** The open permissions; nothing while none is open. */
export function OpenScopes(): ReactNode {
  const translate = useTranslate()
  const scopes = useSotto((state) => state.cloudScopes)
  const withdraw = useSotto((state) => state.withdraw)
  if (scopes.length === 0) return null
  return (
    <section aria-label={translate('activity.scopes.title')} className={styles.scopes}>
      {scopes.map((scope) => (
        <OutsideNotice
          key={scope.id}
          label={translate('activity.scopes.title')}
          action={
            <Button size="small" tone="outside" onPress={() => void withdraw(scope.id)}>
              {translate('activity.scopes.withdraw')}
            </Button>
          }
        >
          <ScopeWords scope={scope} />
        </OutsideNotice>
      ))}
      {scopes.length > 1 && (
        <Button size="small" onPress={() => void withdraw('all')}>
          {translate('activity.scopes.withdrawAll')}
        </Button>
      )}
    </section>
  )
}

function ScopeWords({ scope }: { readonly scope: OpenScope }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const title = useSotto((state) =>
    scope.scope === 'conversation'
      ? state.conversations.find(({ id }) => id === scope.conversationId)?.title
      : state.documents.find(({ id }) => scope.documentIds.includes(id))?.name,
  )
  return translate(`activity.scopes.${scope.scope}`, {
    title: title ?? translate('activity.usage.gone'),
    name: `${scope.providerName} (${scope.modelName})`,
    time: formatTime(new Date(scope.expiresAt), language),
    used: formatBytes(scope.usedBytes, language),
    limit: formatBytes(scope.maxBytes, language),
    cost:
      scope.maxUsd === null
        ? ''
        : translate('activity.scopes.cost', {
            used: formatUsd(scope.usedUsd, language),
            limit: formatUsd(scope.maxUsd, language),
          }),
  })
}

/** Receipts, newest first. They hold no content; the draft is shown for as long as it is kept. */
export function Receipts(): ReactNode {
  const translate = useTranslate()
  const receipts = useSotto((state) => state.cloudReceipts)
  const complete = useSotto((state) => state.cloudReceiptsComplete)
  const older = useSotto((state) => state.loadOlderReceipts)
  if (receipts === null) return <p className={styles.quiet}>{translate('activity.empty.reading')}</p>
  if (receipts.length === 0) {
    return (
      <EmptyState title={translate('activity.receipts.none')}>{translate('activity.receipts.noneText')}</EmptyState>
    )
  }
  return (
    <>
      <ul aria-label={translate('activity.receipts.title')} className={styles.receipts}>
        {receipts.map((receipt) => (
          <Receipt key={receipt.id} receipt={receipt} />
        ))}
      </ul>
      {!complete && <Button onPress={() => void older()}>{translate('activity.receipts.older')}</Button>}
    </>
  )
}

const went: readonly string[] = ['approved', 'covered']

function Receipt({ receipt }: { readonly receipt: ConsentReceipt }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const readDraft = useSotto((state) => state.readDraft)
  const showInLedger = useSotto((state) => state.showInLedger)
  const { event, kind, scope, providerName, modelId, bytes, hidden, inClear, draftId, grantId, lawfulBasis } = receipt
  const facts = [
    `${providerName} · ${modelId}`,
    translate(`activity.receipts.scope.${scope}`),
    formatBytes(bytes, language),
    translate('activity.receipts.hidden', { count: hidden }),
    ...(inClear > 0 ? [translate('activity.receipts.inClear', { count: inClear })] : []),
    ...(lawfulBasis === null ? [] : [lawfulBasis]),
  ]
  return (
    <li className={styles.receipt}>
      <span className={styles.mark}>
        {went.includes(event) && <OutsideMark label={translate('activity.receipts.allowed')} />}
      </span>
      <div className={styles.words}>
        <p>
          <strong className={styles.event}>{translate(`activity.receipts.event.${event}`)}</strong>{' '}
          {translate(`activity.receipts.kind.${kind}`)}
        </p>
        <p className={styles.facts}>
          <time dateTime={receipt.at}>{formatMoment(new Date(receipt.at), language)}</time> · {facts.join(' · ')}
        </p>
        <p className={styles.digest}>{receipt.digest}</p>
      </div>
      <div className={styles.actions}>
        {draftId !== null && (
          <Button size="small" tone="quiet" onPress={() => void readDraft(draftId)}>
            {translate('activity.receipts.read')}
          </Button>
        )}
        {grantId !== null && (
          <Button size="small" tone="quiet" onPress={() => void showInLedger(grantId)}>
            {translate('activity.receipts.ledger')}
          </Button>
        )}
      </div>
    </li>
  )
}
