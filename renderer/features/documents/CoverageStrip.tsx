// One cell per page or bin of lines: how much the summary draws on it, and where no text was found.
import type { Coverage } from '#contract/document.ts'
import type { Claim } from '#contract/summary.ts'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { useSotto } from '../../state/store.ts'
import { classNames } from '../../ui/classNames.ts'
import { formatCount } from '../../ui/format.ts'
import { type Language, type Translate, useLanguage, useTranslate } from '../../ui/text.ts'
import { cellPlace, coverageCells, type CoverageCell, hasCells, ordinalRanges } from './coverageCells.ts'
import styles from './CoverageStrip.module.css'

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
    : cell.claims === 0
      ? translate('documents.coverage.cell.none')
      : translate('documents.coverage.cell.claims', { count: cell.claims, amount: formatCount(cell.claims, language) })
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
function Legend({ empty }: { readonly empty: boolean }): ReactNode {
  const translate = useTranslate()
  const shades = [['none', '0'] as const, ['most', '4'] as const, ...(empty ? [['empty', 'empty'] as const] : [])]
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

type CoverageStripProps = { readonly coverage: Coverage; readonly claims: readonly Claim[] }

/** A row of cells that is one stop for the Tab key; arrows move in it. */
export function CoverageStrip({ coverage, claims }: CoverageStripProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const showPassage = useSotto((state) => state.showPassage)
  const cells = useMemo(() => coverageCells(coverage, claims), [coverage, claims])
  const [stop, setStop] = useState(0)
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
              data-level={cell.empty ? 'empty' : cell.level}
              tabIndex={index === stop ? 0 : -1}
              aria-label={words}
              title={words}
              onFocus={() => setStop(index)}
              onClick={() => showPassage({ locators: [cellPlace(cell, coverage)], text: null, claim: null })}
            />
          )
        })}
      </div>
      <div className={styles.words}>
        <p>{coverageWords(coverage, translate, language)}</p>
        <Legend empty={coverage.withoutText.length > 0} />
      </div>
    </div>
  )
}
