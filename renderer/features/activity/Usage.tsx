// Usage and cost: local against cloud by the week, cost against the budget by the month, each with a table for the ear.
import type { CloudUsage } from '#contract/consent.ts'
import { type ReactNode, useId } from 'react'
import { useSotto } from '../../state/store.ts'
import { formatCount, formatDate, formatUsd, regionalForm } from '../../ui/format.ts'
import { type Language, useLanguage, useTranslate } from '../../ui/text.ts'
import styles from './Usage.module.css'
import { monthBars, weekBars } from './usageBars.ts'

/** Both charts and who was asked; nothing until it is known. */
export function Usage(): ReactNode {
  const usage = useSotto((state) => state.cloudUsage)
  if (usage === null) return null
  return (
    <div className={styles.usage}>
      <Weeks weeks={usage.weeks} />
      <Cost usage={usage} />
      {usage.byProvider.length > 0 && <Sums usage={usage} />}
    </div>
  )
}

function Weeks({ weeks }: Pick<CloudUsage, 'weeks'>): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const title = useId()
  const bars = weekBars(weeks, 44)
  const above = Math.max(12, ...bars.map(({ localHeight }) => localHeight))
  const below = Math.max(0, ...bars.map(({ cloudHeight }) => cloudHeight))
  const local = weeks.reduce((sum, week) => sum + week.local, 0)
  const cloud = weeks.reduce((sum, week) => sum + week.cloud, 0)
  return (
    <figure className={styles.chart} aria-labelledby={title}>
      <figcaption id={title} className={styles.title}>
        {translate('activity.usage.weeks')}
      </figcaption>
      <svg viewBox={`0 0 240 ${above + below + 1}`} aria-hidden className={styles.drawing}>
        {bars.map(({ week, localHeight, cloudHeight }, index) => (
          <g key={week}>
            <rect x={index * 20 + 4} y={above - localHeight} width="12" height={localHeight} className={styles.local} />
            <rect x={index * 20 + 4} y={above} width="12" height={cloudHeight} className={styles.cloud} />
          </g>
        ))}
        <line x1="0" x2="240" y1={above + 0.5} y2={above + 0.5} className={styles.axis} />
      </svg>
      <p className={styles.key}>
        <Sample of="local">{translate('activity.usage.local', { amount: formatCount(local, language) })}</Sample>
        <Sample of="cloud">{translate('activity.usage.cloud', { amount: formatCount(cloud, language) })}</Sample>
      </p>
      <Table
        caption={translate('activity.usage.weeks')}
        head={[
          translate('activity.usage.week'),
          translate('activity.usage.localHead'),
          translate('activity.usage.cloudHead'),
        ]}
        rows={weeks.map(({ week, local: here, cloud: there }) => [
          formatDate(week, language),
          String(here),
          String(there),
        ])}
      />
    </figure>
  )
}

/** A word of the legend beside the colour it stands for. */
function Sample({ of, children }: { readonly of: 'local' | 'cloud'; readonly children: string }): ReactNode {
  return (
    <span className={styles.word} data-of={of}>
      {children}
    </span>
  )
}

function Cost({ usage }: { readonly usage: CloudUsage }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const title = useId()
  const { months, budgetHeight } = monthBars(usage, 70)
  const { monthUsd, budgetUsd, unpriced } = usage
  const spent = formatUsd(monthUsd, language)
  return (
    <figure className={styles.chart} aria-labelledby={title}>
      <figcaption id={title} className={styles.title}>
        {translate('activity.usage.cost')}
      </figcaption>
      {months.some(({ height }) => height > 0) && <Months months={months} budgetHeight={budgetHeight} />}
      <p className={styles.key}>
        {budgetUsd === 0
          ? translate('activity.usage.spent', { usd: spent })
          : translate('activity.usage.spentOf', { usd: spent, budget: formatUsd(budgetUsd, language) })}
      </p>
      {unpriced > 0 && <p className={styles.note}>{translate('activity.usage.unpriced', { count: unpriced })}</p>}
      <Table
        caption={translate('activity.usage.cost')}
        head={[translate('activity.usage.month'), translate('activity.usage.usd')]}
        rows={months.map(({ month, usd }) => [
          monthName(month, language),
          usd === null ? translate('chat.receipt.noPrice') : formatUsd(usd, language),
        ])}
      />
    </figure>
  )
}

/** The drawing; where nothing was paid the words say it all. */
function Months({ months, budgetHeight }: ReturnType<typeof monthBars>): ReactNode {
  const language = useLanguage()
  return (
    <svg viewBox="0 0 240 96" aria-hidden className={styles.drawing}>
      <line x1="0" x2="240" y1="78" y2="78" className={styles.axis} />
      {months.map(({ month, height }, index) => (
        <g key={month}>
          <rect x={index * 40 + 8} y={78 - height} width="24" height={height} className={styles.cloud} />
          <text x={index * 40 + 20} y="92" className={styles.month}>
            {monthName(month, language)}
          </text>
        </g>
      ))}
      {budgetHeight !== null && (
        <line x1="0" x2="240" y1={78 - budgetHeight} y2={78 - budgetHeight} className={styles.budget} />
      )}
    </svg>
  )
}

function Sums({ usage: { byProvider, byConversation } }: { readonly usage: CloudUsage }): ReactNode {
  const translate = useTranslate()
  const rows = [
    ...byProvider.map(({ providerId, providerName, ...sum }) => ({ key: providerId, name: providerName, sum })),
    ...byConversation.slice(0, 5).map(({ conversationId, title, ...sum }) => ({
      key: conversationId,
      name: title ?? translate('activity.usage.gone'),
      sum,
    })),
  ]
  return (
    <div className={styles.chart}>
      <h3 className={styles.title}>{translate('activity.usage.sums')}</h3>
      <dl className={styles.sums}>
        {rows.map(({ key, name, sum }) => (
          <Sum key={key} name={name} sum={sum} />
        ))}
      </dl>
    </div>
  )
}

type SumProps = { readonly name: string; readonly sum: { readonly requests: number; readonly usd: number | null } }

function Sum({ name, sum: { requests, usd } }: SumProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const price = usd === null ? translate('chat.receipt.noPrice') : formatUsd(usd, language)
  return (
    <div className={styles.sum}>
      <dt>{name}</dt>
      <dd>
        {price} · {translate('activity.usage.requests', { count: requests })}
      </dd>
    </div>
  )
}

type TableProps = {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The same numbers for whoever cannot see the drawing. */
function Table({ caption, head, rows }: TableProps): ReactNode {
  return (
    <table className={styles.spoken}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest]) => (
          <tr key={first}>
            <th scope="row">{first}</th>
            {rest.map((cell, index) => (
              <td key={index}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function monthName(month: string, language: Language): string {
  const at = new Date(`${month}-01T00:00:00Z`)
  return new Intl.DateTimeFormat(regionalForm(language), { month: 'short', timeZone: 'UTC' }).format(at)
}
