// The right side of the sheet: who gets it, where, how much, what it costs, how long they keep it, what the policy says.
import type { CloudDraft } from '#contract/cloudDraft.ts'
import { Building2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatBytes, formatDate, formatUsd } from '../../ui/format.ts'
import { OutsideMark } from '../../ui/OutsideMark.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { countRedactions } from './draftSegments.ts'
import styles from './Facts.module.css'

type Part = { readonly draft: CloudDraft }

/** Who, how much and for what price: what one wants to know before deciding how far it goes. */
export function MainFacts({ draft }: Part): ReactNode {
  const translate = useTranslate()
  return (
    <dl aria-label={translate('consent.facts.label')} className={styles.facts}>
      <Recipient draft={draft} />
      <Size draft={draft} />
      <Fact name="price">
        <Price draft={draft} />
      </Fact>
    </dl>
  )
}

/** The rest: how long they keep it, what is hidden, what the policy says, the seal of the bytes. */
export function FurtherFacts({ draft }: Part): ReactNode {
  const translate = useTranslate()
  return (
    <dl aria-label={translate('consent.facts.further')} className={styles.facts}>
      <Fact name="retention">
        <Retention draft={draft} />
      </Fact>
      <Fact name="hidden">
        <Hidden draft={draft} />
      </Fact>
      <Fact name="policy">
        <Policy draft={draft} />
      </Fact>
      <Fact name="digest">
        <code className={styles.digest} data-digest>
          {draft.request.digest}
        </code>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  const translate = useTranslate()
  return (
    <div className={styles.fact}>
      <dt>{translate(`consent.facts.${name}`)}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Recipient({ draft: { recipient } }: Part): ReactNode {
  const translate = useTranslate()
  const { providerName, modelName, host, inside } = recipient
  return (
    <Fact name="to">
      <p className={styles.recipient}>
        {inside ? (
          <Building2 aria-hidden className={styles.inside} />
        ) : (
          <OutsideMark label={translate('consent.facts.outside')} />
        )}
        <strong>{providerName}</strong>
      </p>
      {inside && <p>{translate('consent.facts.inside')}</p>}
      <p>{modelName}</p>
      <p className={styles.host}>{host}</p>
    </Fact>
  )
}

function Size({ draft: { request, estimate, requests } }: Part): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const bytes = formatBytes(request.bytes, language)
  return (
    <Fact name="size">
      <p>{translate('consent.facts.sizeValue', { bytes, tokens: estimate.inputTokens })}</p>
      <p>{translate('consent.facts.answer', { tokens: estimate.maxOutputTokens })}</p>
      {requests > 1 && <p>{translate('consent.facts.requests', { count: requests })}</p>}
    </Fact>
  )
}

function Price({ draft: { estimate, recipient } }: Part): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { usd, priceDate, priceConfirmed } = estimate
  const dated = priceConfirmed ? 'priceDate' : 'priceUnconfirmed'
  if (usd === null) return translate(`consent.facts.${recipient.inside ? 'priceInside' : 'priceUnknown'}`)
  return (
    <>
      <p>{translate('consent.facts.priceValue', { usd: formatUsd(usd, language) })}</p>
      {priceDate !== null && (
        <p className={styles.aside}>{translate(`consent.facts.${dated}`, { date: formatDate(priceDate, language) })}</p>
      )}
    </>
  )
}

const known: readonly string[] = ['anthropic', 'foundry', 'openai', 'azure', 'mistral', 'xai', 'private']

function Retention({ draft: { recipient } }: Part): ReactNode {
  const translate = useTranslate()
  if (recipient.retentionByPolicy !== null) return recipient.retentionByPolicy
  return translate(`consent.retention.${known.includes(recipient.retention) ? recipient.retention : 'unknown'}`)
}

function Hidden({ draft: { redactions, names } }: Part): ReactNode {
  const translate = useTranslate()
  const { hidden, clear, byClass } = countRedactions(redactions)
  const searched = (
    <p className={styles.aside} data-names={names.why ?? names.by}>
      {translate(`consent.names.${names.why ?? names.by}`, { model: names.model })}
    </p>
  )
  if (redactions.length === 0) {
    return (
      <>
        <p>{translate('consent.facts.hiddenNone')}</p>
        {searched}
      </>
    )
  }
  return (
    <>
      <p>{translate('consent.facts.hiddenSome', { count: hidden })}</p>
      {byClass.length > 0 && (
        <p className={styles.aside}>
          {byClass.map(([kind, count]) => `${count} × ${translate(`consent.class.${kind}`)}`).join(', ')}
        </p>
      )}
      {clear > 0 && <p className={styles.clear}>{translate('consent.facts.clearSome', { count: clear })}</p>}
      {searched}
    </>
  )
}

function Policy({ draft: { policy, blocked } }: Part): ReactNode {
  const translate = useTranslate()
  const { state, organisation, lawfulBasis } = policy
  const byPolicy =
    blocked?.code === 'cloud-provider-not-allowed' ||
    (blocked?.code === 'local-only' && blocked.details['by'] === 'policy')
  const words =
    state === 'none'
      ? translate('consent.facts.policyNone')
      : state === 'invalid'
        ? translate('consent.facts.policyInvalid')
        : byPolicy
          ? translate('consent.facts.policyBlocks')
          : organisation === null
            ? translate('consent.facts.policyActive')
            : translate('consent.facts.policyActiveOf', { organisation })
  return (
    <>
      <p>{words}</p>
      {lawfulBasis !== null && <p>{translate('consent.facts.lawfulBasis', { basis: lawfulBasis })}</p>}
    </>
  )
}
