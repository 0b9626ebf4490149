// A finished comparison: what became what, how much changed by kind, and the changes one below the other.
import type { ChangeKind, Comparison } from '#contract/comparison.ts'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { visibleText } from '../../markdown/visibleText.ts'
import type { ComparisonView } from '../../state/comparisonsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { ExportSlot } from '../../ui/ExportSlot.tsx'
import { formatCount } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { useLanguage, useTranslate } from '../../ui/text.ts'
import { ChangeEntry } from './ChangeEntry.tsx'
import styles from './ComparisonResult.module.css'

type Props = { readonly documentId: string; readonly comparison: Comparison; readonly view: ComparisonView }

const kinds: readonly ChangeKind[] = ['substance', 'added', 'removed', 'moved', 'wording']

function Head({ documentId, comparison }: Omit<Props, 'view'>): ReactNode {
  const translate = useTranslate()
  const compare = useSotto((state) => state.compareDocuments)
  const remove = useSotto((state) => state.removeComparison)
  const { before, after } = comparison
  const outdated = before.outdated || after.outdated
  return (
    <header className={styles.head}>
      <h2 className={styles.title}>
        {visibleText(before.name)} <span aria-hidden>→</span>
        <span className={styles.spoken}>{translate('comparisons.becomes')}</span> {visibleText(after.name)}
      </h2>
      <div className={styles.tools}>
        <Button size="small" tone="quiet" onPress={() => void compare(documentId, after.documentId, before.documentId)}>
          {translate('comparisons.swap')}
        </Button>
        <Button size="small" tone="quiet" onPress={() => void remove(documentId, comparison.id)}>
          {translate('comparisons.forget')}
        </Button>
        <ExportSlot what={{ kind: 'comparison', comparisonId: comparison.id }} />
      </div>
      {outdated && (
        <div className={styles.outdated}>
          <p>{translate('comparisons.outdated')}</p>
          <Button size="small" onPress={() => void compare(documentId, before.documentId, after.documentId, true)}>
            {translate('comparisons.again')}
          </Button>
        </div>
      )}
    </header>
  )
}

/** What was read of both, and what was not counted, in quiet lines. */
function Facts({ comparison }: { readonly comparison: Comparison }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { before, after, counts, renumbered } = comparison
  const amount = (count: number) => ({ count, amount: formatCount(count, language) })
  const read = [before, after].map(({ name, coverage: { unit, total, read: done, withoutText } }) => {
    const values = { amount: formatCount(total, language), read: formatCount(done, language), total, count: total }
    const all = translate(`documents.coverage.${unit}.${done === total ? 'all' : 'some'}`, values)
    const list = withoutText.join(', ')
    const none = translate(`documents.coverage.${unit}.noText`, { ...amount(withoutText.length), list })
    return `${visibleText(name)}: ${all}${withoutText.length > 0 ? `; ${none}` : ''}`
  })
  return (
    <div className={styles.facts}>
      {read.map((line, at) => (
        <p key={at}>{line}</p>
      ))}
      <p>
        {translate('comparisons.same', amount(counts.same))}
        {renumbered > 0 && ` ${translate('comparisons.renumbered', amount(renumbered))}`}
      </p>
    </div>
  )
}

function Filter({ documentId, comparison, view }: Props): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const filter = useSotto((state) => state.filterChanges)
  const { counts } = comparison
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0)
  const options = [...kinds.filter((kind) => counts[kind] > 0), 'all' as const].map((value) => ({
    value,
    label: (
      <>
        {translate(`comparisons.kind.${value}`)}{' '}
        <span className={styles.count}>{formatCount(value === 'all' ? total : counts[value], language)}</span>
      </>
    ),
  }))
  return (
    <SegmentedControl
      label={translate('comparisons.filter')}
      value={view.kind}
      options={options}
      onChange={(kind) => void filter(documentId, kind)}
    />
  )
}

function Changes({ documentId, comparison, view }: Props): ReactNode {
  const translate = useTranslate()
  const more = useSotto((state) => state.loadMoreChanges)
  const list = useRef<HTMLOListElement>(null)
  const { counts } = comparison
  const total = view.kind === 'all' ? kinds.reduce((sum, kind) => sum + counts[kind], 0) : counts[view.kind]
  function go(step: 1 | -1): void {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
    const at = entries.findIndex((entry) => entry.contains(document.activeElement))
    const next = entries[at === -1 ? (step === 1 ? 0 : entries.length - 1) : at + step]
    next?.focus()
    next?.scrollIntoView({ block: 'nearest' })
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'F7') return
    event.preventDefault()
    go(event.shiftKey ? -1 : 1)
  }
  return (
    <div onKeyDown={onKeyDown} className={styles.changes}>
      <div className={styles.bar}>
        <Filter documentId={documentId} comparison={comparison} view={view} />
        <span className={styles.steps}>
          <IconButton label={translate('comparisons.previous')} shortcut="Shift+F7" onPress={() => go(-1)}>
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton label={translate('comparisons.next')} shortcut="F7" onPress={() => go(1)}>
            <ArrowDown aria-hidden />
          </IconButton>
        </span>
      </div>
      <ol ref={list} className={styles.list} aria-label={translate('comparisons.list')}>
        {view.changes.map((change) => (
          <ChangeEntry key={change.position} documentId={documentId} comparison={comparison} change={change} />
        ))}
      </ol>
      {view.changes.length < total && (
        <Button onPress={() => void more(documentId)}>{translate('comparisons.more')}</Button>
      )}
    </div>
  )
}

/** The result, substance first. */
export function ComparisonResult({ documentId, comparison, view }: Props): ReactNode {
  const translate = useTranslate()
  const { identical, sameFile, counts } = comparison
  const changed = kinds.some((kind) => counts[kind] > 0)
  return (
    <section className={styles.result} aria-label={translate('comparisons.label')}>
      <Head documentId={documentId} comparison={comparison} />
      {identical && (
        <p className={styles.identical}>{translate(sameFile ? 'comparisons.sameFile' : 'comparisons.identical')}</p>
      )}
      <Facts comparison={comparison} />
      {changed && <Changes documentId={documentId} comparison={comparison} view={view} />}
    </section>
  )
}
