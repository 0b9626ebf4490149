// Runs a comparison over two versions whose changes are known, and says what was found of them.
import type { Change } from '#contract/comparison.ts'
import { compareTexts, type Compared } from '../../../main/comparisons/logic/compareTexts.ts'
import type { Segment } from '#contract/document.ts'
import {
  contractSegments,
  editClasses,
  type ContractPair,
  type Edit,
  type EditClass,
} from '../../fixtures/contracts.ts'

/** Found of made, per class; and passages called changed that nobody changed, of all that nobody changed. */
export type Judged = {
  readonly found: Readonly<Record<EditClass, { readonly right: number; readonly all: number }>>
  readonly falseMarks: number
  readonly untouched: number
  readonly wrong: readonly { readonly edit: Edit; readonly said: readonly string[] }[]
}

/** Compares to the end. */
export function compared(before: readonly Segment[], after: readonly Segment[], punctuation = true): Compared {
  const work = compareTexts(before, after, punctuation)
  let step = work.next()
  while (step.done !== true) step = work.next()
  return step.value
}

/** Compares the pair and counts. */
export function judgePair(pair: ContractPair): Judged {
  const { changes } = compared(contractSegments(pair.before), contractSegments(pair.after))
  const found = Object.fromEntries(editClasses.map((kind) => [kind, { right: 0, all: 0 }])) as Record<
    EditClass,
    { right: number; all: number }
  > // as: fromEntries forgets its keys
  const wrong: { edit: Edit; said: string[] }[] = []
  for (const edit of pair.edits) {
    found[edit.kind].all += 1
    const about = changes.filter((change) => concerns(change, edit))
    if (about.some((change) => isRight(change, edit))) found[edit.kind].right += 1
    else wrong.push({ edit, said: about.map(({ kind, reasons }) => `${kind} ${reasons.join(',')}`) })
  }
  const touched = new Set(pair.edits.flatMap(({ before, after }) => [before, after]))
  const untouched = pair.after.filter((text) => !touched.has(text))
  const falseMarks = untouched.filter((text) => changes.some(({ after }) => after?.text.includes(text) === true)).length
  return { found, falseMarks, untouched: untouched.length, wrong }
}

function concerns({ before, after }: Change, edit: Edit): boolean {
  const old = edit.before !== null && before?.text.includes(edit.before) === true
  const fresh = edit.after !== null && after?.text.includes(edit.after) === true
  return old || fresh
}

function isRight(change: Change, { kind }: Edit): boolean {
  switch (kind) {
    case 'added':
    case 'removed':
    case 'moved':
    case 'wording':
      return change.kind === kind
    case 'synonym':
      return change.kind === 'wording'
    case 'number':
    case 'date':
    case 'name':
    case 'term':
    case 'negation':
    case 'modal':
    case 'scope':
    case 'content':
      return change.kind === 'substance' && change.reasons.includes(kind)
  }
}
