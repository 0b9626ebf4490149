// The best sentences as passages that can be read alone: with their heading, with neighbours, none twice.
import type { Locator } from '#contract/document.ts'
import type { Passage } from '#contract/question.ts'
import type { ExcerptIndex, Line } from './excerptIndex.ts'
import type { Ranked } from './ranking.ts'

/** A passage and the lines it is made of, by their place in the index. */
export type Found = { readonly passage: Passage; readonly lines: readonly number[]; readonly best: number }

/** How many passages, and how long each may be. */
export type PassageLimits = { readonly count: number; readonly characters: number }

/** Below this share of the best score a sentence is no longer worth a passage. */
const worthwhile = 0.5
/** Passages that say nearly the same are shown once. */
const alike = 0.8

/** Passages around the best sentences, best first. */
export function passagesOf(index: ExcerptIndex, ranked: readonly Ranked[], limits: PassageLimits): Found[] {
  const found: Found[] = []
  const taken = new Set<number>()
  const least = (ranked[0]?.score ?? 0) * worthwhile
  for (const { line, score, all } of ranked) {
    if (found.length >= limits.count || score < least) break
    if (taken.has(line) || score === 0) continue
    const lines = around(index, line, limits.characters, taken)
    if (found.some((other) => sameWords(index, other.best, line))) continue
    for (const each of lines) taken.add(each)
    found.push(madeOf(index, { lines, best: line, score: all, number: found.length + 1 }))
  }
  return found
}

/** The lines around one, as long as they belong to it and there is room. */
function around(index: ExcerptIndex, best: number, characters: number, taken: ReadonlySet<number>): number[] {
  let [from, to] = [best, best]
  let length = lengthOf(index, best)
  let [before, after] = [true, true]
  while (before || after) {
    const backwards: boolean = before && (!after || to - best >= best - from)
    const next = backwards ? from - 1 : to + 1
    if (!taken.has(next) && belongs(index, best, next) && length + lengthOf(index, next) <= characters) {
      length += lengthOf(index, next)
      if (backwards) from = next
      else to = next
    } else if (backwards) before = false
    else after = false
  }
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

function lengthOf(index: ExcerptIndex, line: number): number {
  return (index.lines[line]?.sentence.text.length ?? 0) + 1
}

/** In the same excerpt, under the same heading, and prose with prose, rows with rows. */
function belongs(index: ExcerptIndex, best: number, next: number): boolean {
  const [one, other] = [index.lines[best], index.lines[next]]
  if (one === undefined || other === undefined || one.excerpt !== other.excerpt) return false
  if (other.sentence.kind === 'heading') return one.sentence.kind === 'heading'
  if (one.sentence.kind === 'heading') return other.sentence.heading === one.sentence.index && next > best
  if ((one.sentence.kind === 'row') !== (other.sentence.kind === 'row')) return false
  return one.sentence.heading === other.sentence.heading
}

type Made = {
  readonly lines: readonly number[]
  readonly best: number
  readonly score: number
  readonly number: number
}

function madeOf(index: ExcerptIndex, { lines, best, score, number }: Made): Found {
  const members = lines.flatMap((line) => index.lines[line] ?? [])
  const first = members[0]
  const excerpt = index.excerpts[first?.excerpt ?? 0]
  let text = [headingOf(index, first), tableHead(index, members)].filter((each) => each !== '').join('\n')
  let range = { start: 0, end: 0 }
  members.forEach((line, at) => {
    text += text === '' ? '' : joint(members[at - 1], line)
    const start = text.length
    text += textOf(index, line)
    if (lines[at] === best) range = { start, end: text.length }
  })
  const segments = members.flatMap(({ sentence }) => sentence.spans.map(({ segment }) => segment))
  const [low, high] = [Math.min(...segments), Math.max(...segments)]
  const passage: Passage = {
    number,
    documentId: excerpt?.documentId ?? '',
    documentName: excerpt?.documentName ?? '',
    position: (excerpt?.position ?? 0) + low,
    segments: high - low + 1,
    locators: unique(members.flatMap(({ sentence }) => sentence.locators)),
    text,
    best: { ...range, locators: [...(index.lines[best]?.sentence.locators ?? [])] },
    score: Math.round(Math.min(1, score) * 1000) / 1000,
  }
  return { passage, lines, best }
}

function headingOf(index: ExcerptIndex, line: Line | undefined): string {
  if (line === undefined || line.sentence.heading === null) return ''
  const heading = line.sentence.heading
  return (
    index.lines.find(({ excerpt, sentence }) => excerpt === line.excerpt && sentence.index === heading)?.sentence
      .text ?? ''
  )
}

/** A row keeps its cells apart; all else is as its sentence. */
function textOf(index: ExcerptIndex, { excerpt, sentence }: Line): string {
  if (sentence.kind !== 'row') return sentence.text
  const segments = index.excerpts[excerpt]?.segments
  const rows = sentence.spans.map(({ segment, start, end }) => segments?.[segment]?.text.slice(start, end) ?? '')
  return inCells(rows.join(' '))
}

function inCells(row: string): string {
  return row
    .trim()
    .replace(/\s*\t\s*/g, ' | ')
    .replace(/\s+/g, ' ')
}

/** The first row of a table that the passage begins further down in: without it the cells have no names. */
function tableHead(index: ExcerptIndex, members: readonly Line[]): string {
  const [first] = members
  if (first === undefined || first.sentence.kind !== 'row') return ''
  const excerpt = index.excerpts[first.excerpt]
  const head = (excerpt?.segments[first.segment]?.text ?? '').split('\n')[0]?.trim() ?? ''
  return head === '' || first.sentence.text.startsWith(head.replace(/\s+/g, ' ')) ? '' : inCells(head)
}

function joint(before: Line | undefined, line: Line): string {
  if (before === undefined) return '\n'
  const apart = before.segment !== line.segment || line.sentence.kind === 'row' || line.sentence.kind === 'list-item'
  return apart ? '\n' : ' '
}

function sameWords(index: ExcerptIndex, one: number, other: number): boolean {
  const [a, b] = [new Set(index.lines[one]?.keys), new Set(index.lines[other]?.keys)]
  const shared = [...a].filter((key) => b.has(key)).length
  return shared / Math.max(1, Math.max(a.size, b.size)) > alike
}

function unique(locators: readonly Locator[]): Locator[] {
  const seen = new Set<string>()
  return locators.filter((locator) => {
    const key = JSON.stringify(locator)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
