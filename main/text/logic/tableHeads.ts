// Which rows only name the columns of a table.
import type { Locator } from '#contract/document.ts'
import type { Sentence } from './sentences.ts'

/** Where a row stands. `isNamed` where the name alone tells one table from another, whatever stands between its rows. */
type Place = { readonly name: string; readonly from: number; readonly to: number; readonly isNamed: boolean }

/** A table as its rows come; `to` is the last line or row of it so far, `at` where in the text it was last gone on with. */
type Table = { readonly rows: Sentence[]; readonly name: string; to: number; at: number }

/**
 * The heads of tables and sheets: rows that say nothing by themselves. A sheet's heading is one. Else it is the first row
 * of a table, and only where it has no number and most rows below it have: in a table of words nothing tells the head from
 * the first row, so that row counts like the others. Readers cut long tables; what goes on with one has no head.
 */
export function tableHeads(sentences: readonly Sentence[]): ReadonlySet<Sentence> {
  const tables: Table[] = []
  for (const [at, sentence] of sentences.entries()) {
    const place = isSheetHeading(sentence) || sentence.kind === 'row' ? placeOf(sentence.locators[0]) : null
    if (place === null) continue
    const last = tables.at(-1)
    if (last !== undefined && goesOn(last, sentence, place, at)) {
      last.rows.push(sentence)
      last.to = Math.max(last.to, place.to)
      last.at = at
    } else tables.push({ rows: [sentence], name: place.name, to: place.to, at })
  }
  return new Set([...sentences.filter(isSheetHeading), ...tables.flatMap(({ rows }) => firstRowAsHead(rows))])
}

function firstRowAsHead([first, ...others]: readonly Sentence[]): readonly Sentence[] {
  if (first === undefined || first.kind !== 'row' || !first.opensParagraph || hasNumber(first)) return []
  return 2 * others.filter(hasNumber).length > others.length ? [first] : []
}

function goesOn({ rows, name, to, at }: Table, sentence: Sentence, place: Place, next: number): boolean {
  if (rows.at(-1)?.spans[0]?.segment === sentence.spans[0]?.segment) return true
  return name === place.name && place.from <= to + 1 && (place.isNamed || next === at + 1)
}

function placeOf(locator: Locator | undefined): Place | null {
  const whole = { from: 0, to: 0 }
  switch (locator?.kind) {
    case 'section':
      return { name: `section ${locator.paragraph}`, ...whole, isNamed: true }
    case 'cells': {
      const [from = 0, to = from] = [...locator.range.matchAll(/\d+/g)].map(([row]) => Number(row))
      return { name: `cells ${locator.sheet}`, from, to, isNamed: true }
    }
    case 'lines':
      return { name: 'lines', from: locator.from, to: locator.to, isNamed: false }
    case 'page':
      return { name: `page ${locator.page}`, ...whole, isNamed: false }
    case 'slide':
      return { name: `slide ${locator.slide} ${locator.part}`, ...whole, isNamed: false }
    case 'message':
      return { name: `message ${locator.index} ${locator.part}`, ...whole, isNamed: false }
    case undefined:
      return null
  }
}

function isSheetHeading({ kind, locators }: Sentence): boolean {
  return kind === 'heading' && locators[0]?.kind === 'cells'
}

function hasNumber({ text }: Sentence): boolean {
  return /(?<![\p{L}\p{N}])\p{N}/u.test(text)
}
