// Two documents in, their changes in reading order out; the same every time, and no model.
import type { Change, ChangeCounts, ChangeSide } from '#contract/comparison.ts'
import type { Segment } from '#contract/document.ts'
import type { StepCount, Steps } from '../../text/logic/steps.ts'
import { alignPassages } from './alignPassages.ts'
import { judge, type Judgement, type Surroundings } from './judgeChange.ts'
import { listChanges, type Draft } from './listChanges.ts'
import type { MatchTable } from './matchTable.ts'
import { passagesOf, type Passage } from './passages.ts'
import { findPieces, joined, type Pieces } from './splitPassages.ts'
import { uncounted } from './uncounted.ts'
import { vocabularyOf } from './vocabulary.ts'
import { marksOf } from './wordDifference.ts'

/** How changes are found; a new version means that old results may come out differently. */
export const comparisonMethod = { id: 'passages', version: '1' } as const

/** Where the work is: `done` of `total` passages, 0 of 0 while that is not known; within a stage no count goes back. */
export type Progress = StepCount & { readonly stage: 'reading' | 'aligning' | 'judging' }

/** What came out. `passages` counts those of each document. */
export type Compared = {
  readonly changes: readonly Change[]
  readonly counts: ChangeCounts
  readonly renumbered: number
  readonly identical: boolean
  readonly passages: { readonly before: number; readonly after: number }
}

/** Passages judged between two steps. */
const stride = 64

/** Compares; a generator, so that whoever drives it can breathe, show progress and stop. */
export function* compareTexts(
  beforeSegments: readonly Segment[],
  afterSegments: readonly Segment[],
  punctuationCounts: boolean,
): Steps<Progress, Compared> {
  const before = yield* staged('reading', uncounted(passagesOf(beforeSegments)))
  const after = yield* staged('reading', uncounted(passagesOf(afterSegments)))
  const { table, likeness } = yield* staged('aligning', alignPassages(before, after))
  const pieces = yield* staged('aligning', uncounted(findPieces(before, after, table, likeness)))
  const renumbered = numbersThatChanged(before, after, table)
  const surroundings = {
    vocabulary: yield* staged('aligning', uncounted(vocabularyOf([...before, ...after]))),
    renumbered: renumbered.map,
    punctuationCounts,
  }
  const drafts = yield* judgeAll({ before, after, table, pieces, surroundings })
  const changes = listChanges(drafts)
  const same = drafts.filter(({ kind }) => kind === 'same').length
  const counts = changes.reduce((sum, { kind }) => ({ ...sum, [kind]: sum[kind] + 1 }), { ...nothing, same })
  const identical = changes.length === 0 && renumbered.count === 0
  return {
    changes,
    counts,
    renumbered: renumbered.count,
    identical,
    passages: { before: before.length, after: after.length },
  }
}

function* staged<Value>(stage: Progress['stage'], work: Steps<StepCount, Value>): Steps<Progress, Value> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    yield { stage, ...step.value }
  }
}

const nothing: ChangeCounts = { added: 0, removed: 0, substance: 0, wording: 0, moved: 0, same: 0 }

type Whole = {
  readonly before: readonly Passage[]
  readonly after: readonly Passage[]
  readonly table: MatchTable
  readonly pieces: Pieces
  readonly surroundings: Surroundings
}

/** Walks through the document after; what went from the document before stands before what came in its place. */
function* judgeAll({ before, after, table, pieces, surroundings }: Whole): Steps<Progress, Draft[]> {
  const partners = new Map(table.matches().map(({ a, b, moved }) => [b, { a, moved }]))
  const following = followingPartners(after.length, before.length, partners)
  const drafts: Draft[] = []
  let passed = 0
  for (const [b, passage] of after.entries()) {
    if (b % stride === 0) yield { stage: 'judging', done: b, total: after.length }
    const partner = partners.get(b)
    const until = partner?.moved === true ? passed : (following[b] ?? before.length)
    for (; passed < until; passed += 1) drafts.push(...removed(before[passed], table, pieces))
    if (partner !== undefined) {
      const old = withPieces(before, partner.a, pieces.before)
      const fresh = withPieces(after, b, pieces.after)
      drafts.push(draftOf(old, fresh, judge(old, fresh, surroundings), partner.moved))
    } else if (!pieces.after.has(b)) {
      drafts.push({ ...unpaired(passage), kind: 'added', after: sideOf(passage), at: [-1, b] })
    }
  }
  for (; passed < before.length; passed += 1) drafts.push(...removed(before[passed], table, pieces))
  return drafts
}

/** For each passage after: where in the document before the next one that stayed in order stands. */
function followingPartners(
  after: number,
  before: number,
  partners: ReadonlyMap<number, { readonly a: number; readonly moved: boolean }>,
): number[] {
  const following = new Array<number>(after)
  let next = before
  for (let b = after - 1; b >= 0; b -= 1) {
    const partner = partners.get(b)
    if (partner?.moved === false) next = partner.a
    following[b] = next
  }
  return following
}

function removed(passage: Passage | undefined, table: MatchTable, pieces: Pieces): Draft[] {
  if (passage === undefined || !table.isFreeBefore(passage.index) || pieces.before.has(passage.index)) return []
  return [{ ...unpaired(passage), kind: 'removed', before: sideOf(passage), at: [passage.index, -1] }]
}

function unpaired({ group }: Passage): Pick<Draft, 'reasons' | 'moved' | 'before' | 'after' | 'group'> {
  return { reasons: [], moved: false, before: null, after: null, group }
}

function draftOf(old: Passage, fresh: Passage, { kind, reasons, difference }: Judgement, moved: boolean): Draft {
  return {
    kind: kind === 'same' && moved ? 'moved' : kind,
    reasons: [...reasons],
    moved,
    before: { ...sideOf(old), marks: marksOf(old.tokens, difference.removed) },
    after: { ...sideOf(fresh), marks: marksOf(fresh.tokens, difference.inserted) },
    at: [old.index, fresh.index],
    group: fresh.group,
  }
}

function withPieces(passages: readonly Passage[], at: number, pieces: ReadonlyMap<number, number>): Passage {
  const own = [at - 1, at, at + 1].filter((each) => each === at || pieces.get(each) === at)
  return joined(own.flatMap((each) => passages[each] ?? []))
}

function sideOf({ text, locators, number, path }: Passage): ChangeSide {
  return { text, locators: [...locators], marks: [], number, path: [...path] }
}

/** Numbers clauses carried before by those they carry now, where the same number always became the same. */
function numbersThatChanged(
  before: readonly Passage[],
  after: readonly Passage[],
  table: MatchTable,
): { readonly map: ReadonlyMap<string, string>; readonly count: number } {
  const map = new Map<string, string>()
  let count = 0
  for (const { a, b } of table.matches()) {
    const [old, fresh] = [before[a]?.own ?? null, after[b]?.own ?? null]
    if (old === null || fresh === null) continue
    if (!map.has(old)) map.set(old, fresh)
    if (old !== fresh) count += 1
  }
  return { map, count }
}
