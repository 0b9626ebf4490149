// One cell per page or bin of lines: how much the summary draws on it, and where no text was found.
import type { Coverage } from '#contract/document.ts'
import type { Claim, Summary } from '#contract/summary.ts'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { useSotto } from '../../../state/store.ts'
import { classNames } from '../../../ui/classNames.ts'
import { formatCount } from '../../../ui/format.ts'
import { type Language, type Translate, useLanguage, useTranslate } from '../../../ui/text.ts'
import { cellPlace, coverageCells, type CoverageCell, hasCells, ordinalRanges } from './coverageCells.ts'
import styles from './CoverageStrip.module.css'
import { type MissedUnit, RereadOffer } from './RereadOffer.tsx'

function coverageWords(coverage: Coverage, translate: Translate, language: Language): string {
  const { unit, total, read, withoutText, hidden = [], leftOut = [] } = coverage
  const key = `documents.coverage.${unit}`
  const number = (value: number) => formatCount(value, language)
  const all = translate(`${key}.all`, { count: total, amount: number(total) })
  const words = [read >= total ? all : translate(`${key}.some`, { read: number(read), total: number(total) })]
  const { length } = withoutText
  if (length > 0) {
    words.push(translate(`${key}.noText`, { count: length, amount: number(length), list: ordinalRanges(withoutText) }))
  }
  for (const { from, to, why } of coverage.skipped ?? []) {
    const list = from === to ? number(from) : `${number(from)}–${number(to)}`
    words.push(translate(`documents.coverage.skipped.${why}`, { count: to - from + 1, list }))
  }
  if (hidden.length > 0) {
    const values = { count: hidden.length, amount: number(hidden.length), list: ordinalRanges(hidden) }
    words.push(translate('documents.coverage.hidden', values))
  }
  if (leftOut.length > 0) {
    const list = leftOut.map((part) => translate(`documents.coverage.leftOut.${part}`)).join(', ')
    words.push(translate('documents.coverage.leftOut.title', { list }))
  }
  return words.join(' · ')
}

function cellWords(cell: CoverageCell, unit: Coverage['unit'], translate: Translate, language: Language): string {
  const place = translate(`documents.coverage.cell.${unit}${cell.from === cell.to ? '' : 's'}`, {
    from: formatCount(cell.from, language),
    to: formatCount(cell.to, language),
  })
  const drawn = cell.empty
    ? translate('documents.coverage.cell.empty')
    : cell.skipped !== null
      ? translate('documents.coverage.cell.skipped')
      : cell.claims === 0
        ? translate('documents.coverage.cell.none')
        : translate('documents.coverage.cell.claims', {
            count: cell.claims,
            amount: formatCount(cell.claims, language),
          })
  return `${place}: ${drawn}`
}

/** Where the arrow keys lead from a cell; null for other keys. */
function nextCell(key: string, from: number, cells: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(cells - 1, from + 1)
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'Home':
      return 0
    case 'End':
      return cells - 1
    default:
      return null
  }
}

/** What the shades mean; each cell says it too, so this is for the eye. */
function Legend({ empty, skipped }: { readonly empty: boolean; readonly skipped: boolean }): ReactNode {
  const translate = useTranslate()
  const shades = [
    ['none', '0'] as const,
    ['most', '4'] as const,
    ...(empty ? [['empty', 'empty'] as const] : []),
    ...(skipped ? [['skipped', 'skipped'] as const] : []),
  ]
  return (
    <ul aria-hidden className={styles.legend}>
      {shades.map(([name, level]) => (
        <li key={name}>
          <span className={classNames(styles.cell, styles.swatch)} data-level={level} />
          {translate(`documents.coverage.legend.${name}`)}
        </li>
      ))}
    </ul>
  )
}

/** The first unit of a cell that has nothing to show, and why; null where there is text. */
function missedIn(cell: CoverageCell, coverage: Coverage): MissedUnit | null {
  if (cell.skipped !== null) return { unit: cell.from, why: cell.skipped }
  const unit = coverage.withoutText.find((each) => cell.from <= each && each <= cell.to)
  return cell.empty && unit !== undefined ? { unit, why: 'empty' } : null
}

type CoverageStripProps = {
  readonly coverage: Coverage
  readonly claims: readonly Claim[]
  /** Whose strip it is: its units can be read again. */
  readonly summary?: Summary
}

/** A row of cells that is one stop for the Tab key; arrows move in it. */
export function CoverageStrip({ coverage, claims, summary }: CoverageStripProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const showPassage = useSotto((state) => state.showPassage)
  const cells = useMemo(() => coverageCells(coverage, claims), [coverage, claims])
  const [stop, setStop] = useState(0)
  const [missed, setMissed] = useState<MissedUnit | null>(null)
  function press(cell: CoverageCell): void {
    const nothing = summary === undefined ? null : missedIn(cell, coverage)
    setMissed(nothing)
    // Where there is no text there is nothing to go to, and on a small screen the source would lie over the offer.
    if (nothing === null) showPassage({ locators: [cellPlace(cell, coverage)], text: null, claim: null })
  }
  function move(event: KeyboardEvent<HTMLDivElement>): void {
    const next = nextCell(event.key, stop, cells.length)
    if (next === null) return
    event.preventDefault()
    setStop(next)
    const target = event.currentTarget.children[next]
    if (target instanceof HTMLElement) target.focus()
  }
  if (!hasCells(coverage)) return <p>{coverageWords(coverage, translate, language)}</p>
  return (
    <div className={styles.coverage}>
      <div role="toolbar" aria-label={translate('documents.coverage.label')} className={styles.strip} onKeyDown={move}>
        {cells.map((cell, index) => {
          const words = cellWords(cell, coverage.unit, translate, language)
          return (
            <button
              key={cell.from}
              type="button"
              className={styles.cell}
              data-level={cell.empty ? 'empty' : cell.skipped !== null ? 'skipped' : cell.level}
              tabIndex={index === stop ? 0 : -1}
              aria-label={words}
              title={words}
              onFocus={() => setStop(index)}
              onClick={() => press(cell)}
            />
          )
        })}
      </div>
      <div className={styles.words}>
        <p>{coverageWords(coverage, translate, language)}</p>
        <Legend empty={coverage.withoutText.length > 0} skipped={(coverage.skipped ?? []).length > 0} />
      </div>
      {missed !== null && summary !== undefined && (
        <RereadOffer summary={summary} unit={coverage.unit} missed={missed} onClose={() => setMissed(null)} />
      )}
    </div>
  )
}
