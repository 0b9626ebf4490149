// From judged passages to the list a person reads: neighbours that changed together are one change.
import type { Change, ChangeReason, ChangeSide } from '#contract/comparison.ts'

/** A judged passage; `at` are its positions in both documents (-1: none), `group` the paragraph it begins in. */
export type Draft = Omit<Change, 'position' | 'kind'> & {
  readonly kind: Change['kind'] | 'same'
  readonly at: readonly [before: number, after: number]
  readonly group: number
}

/** A change grows no longer than this many characters per side. */
const longestChange = 4000

/**
 * Changes in the order given. Added sentences of one paragraph are one change, removed ones too, each with the heading
 * right above; what moved together is one change.
 */
export function listChanges(drafts: readonly Draft[]): Change[] {
  const merged: Draft[] = []
  for (const draft of drafts) {
    const last = merged.at(-1)
    if (last !== undefined && belongTogether(last, draft)) merged[merged.length - 1] = together(last, draft)
    else merged.push(draft)
  }
  return merged
    .filter(({ kind }) => kind !== 'same')
    .map(({ kind, reasons, moved, before, after }, position) => ({
      position,
      kind: kind as Change['kind'], // as: the same ones were taken out above
      reasons,
      moved,
      before,
      after,
    }))
}

function belongTogether(last: Draft, next: Draft): boolean {
  if (last.kind !== next.kind || last.kind === 'same') return false
  const follows = (side: 0 | 1): boolean => next.at[side] === -1 || next.at[side] === last.at[side] + 1
  if (!follows(0) || !follows(1) || lengthOf(last) + lengthOf(next) > longestChange) return false
  switch (last.kind) {
    case 'moved':
      return true
    case 'added':
    case 'removed':
      return last.group === next.group || lengthOf(last) <= 80
    case 'substance':
    case 'wording':
      return false
  }
}

function lengthOf({ before, after }: Draft): number {
  return Math.max(before?.text.length ?? 0, after?.text.length ?? 0)
}

function together(last: Draft, next: Draft): Draft {
  const glue = last.group === next.group ? ' ' : '\n'
  return {
    ...last,
    reasons: [...new Set<ChangeReason>([...last.reasons, ...next.reasons])],
    before: sides(last.before, next.before, glue),
    after: sides(last.after, next.after, glue),
    at: next.at,
    group: next.group,
  }
}

function sides(first: ChangeSide | null, second: ChangeSide | null, glue: string): ChangeSide | null {
  if (first === null || second === null) return first ?? second
  const shift = first.text.length + glue.length
  return {
    ...first,
    text: `${first.text}${glue}${second.text}`,
    locators: [...first.locators, ...second.locators],
    marks: [...first.marks, ...second.marks.map(({ start, end }) => ({ start: start + shift, end: end + shift }))],
  }
}
