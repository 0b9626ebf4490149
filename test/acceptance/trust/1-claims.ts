// Row: claims true and false by construction are told apart, class by class, on documents nothing was chosen on.
import { readClaimDocuments } from '../../fixtures/claims/claimDocuments.ts'
import { makeClaims, trueClasses, type ClaimClass } from '../../fixtures/claims/corpus.ts'
import { measureClaims, measureContradictions, shareMarked } from '../claimMeasure.ts'
import type { Evidence, Row } from '../row.ts'

/** Classes that must be marked nearly always; negation is stated as measured. */
const promised: readonly ClaimClass[] = ['splice', 'number', 'name', 'date', 'foreign']
const leastMarked = 0.95
const mostFalse = 0.05
const fewestClaims = 300
/** Three seeds together, each claim once: one alone leaves forty claims to a class. */
const rounds = 3
/** The corpus is what this seed makes of the documents; docs/claims.md says how far other seeds differ. */
const seed = 20_261_120

export const row: Row = {
  name: 'claims',
  doneWhen:
    'At least 300 claims true or false by construction: recall of marking per class and false-mark rate stated; at least ' +
    '0.95 for splice, number, name, date and foreign, false marks at most 0.05, on the held-out half; negation as measured.',
  fast: true,
  async run(evidence) {
    const documents = readClaimDocuments()
    const claims = Array.from({ length: rounds }, (_, at) => makeClaims(documents, seed + at)).flat()
    const made = new Set(claims.map(({ document, text }) => `${document.name} ${text}`)).size
    evidence(`seed ${seed} and the next two; ${documents.length} documents, ${made} claims`)
    const halves = (['development', 'heldOut'] as const).map((half) => {
      const counts = measureClaims(claims.filter(({ document }) => document.half === half))
      for (const [name, { made: all, marked, named }] of counts) {
        const right =
          trueClasses.has(name) || name === 'splice' || name === 'foreign' ? '' : `, ${named} for that reason`
        evidence(`${half}: ${name.padEnd(11)} ${marked} of ${all} marked (${(marked / all).toFixed(3)})${right}`)
      }
      const falsely = shareMarked(counts, 'verbatim', 'paraphrase')
      evidence(`${half}: false marks ${falsely.toFixed(3)} of true claims`)
      const pairs = measureContradictions(documents.filter((document) => document.half === half))
      evidence(
        `${half}: contradictions ${pairs.found} of ${pairs.planted} planted found, ${pairs.falsely} where none was planted`,
      )
      return { half, counts, falsely, pairs }
    })
    const heldOut = halves[1]
    if (heldOut === undefined || made < fewestClaims) return 'red'
    return holds(heldOut, evidence) ? 'green' : 'red'
  },
}

function holds(
  {
    counts,
    falsely,
    pairs,
  }: {
    readonly counts: ReturnType<typeof measureClaims>
    readonly falsely: number
    readonly pairs: ReturnType<typeof measureContradictions>
  },
  evidence: Evidence,
): boolean {
  const low = promised.filter((each) => shareMarked(counts, each) < leastMarked)
  const high = (['verbatim', 'paraphrase'] as const).filter((each) => shareMarked(counts, each) > mostFalse)
  for (const each of low) evidence(`held out: ${each} is below ${leastMarked}`)
  for (const each of high) evidence(`held out: ${each} is falsely marked more often than ${mostFalse}`)
  if (pairs.falsely > 0) evidence('held out: a contradiction was pointed out where there is none')
  return low.length === 0 && high.length === 0 && falsely <= mostFalse && pairs.falsely === 0
}
