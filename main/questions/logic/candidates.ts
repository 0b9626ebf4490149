// Of what the full-text index found: the segments worth reading closely, as runs with their surroundings.
import type { Question } from './question.ts'
import { coverage, type Rarity } from './ranking.ts'
import { keysOf } from './foldedWords.ts'

/** A segment the index found. */
export type Candidate = {
  readonly documentId: string
  readonly name: string
  readonly title: string | null
  readonly position: number
  readonly text: string
}

/** A stretch of a document: `count` segments from position `from`. */
export type Run = Pick<Candidate, 'documentId' | 'name' | 'title'> & { readonly from: number; readonly count: number }

/** Segments read closely. */
const closely = 40
/** What a word in the document's name counts beside one in the text. */
const nameShare = 0.7

/** The segments that cover most of the question, best first. */
export function bestSegments(found: readonly Candidate[], question: Question, rarity: Rarity): Candidate[] {
  return found
    .map((candidate) => {
      const words = new Set(keysOf(candidate.text))
      const names = new Set(keysOf(`${candidate.title ?? ''} ${candidate.name.replace(/[._-]/g, ' ')}`))
      const worth = coverage(question.terms, rarity, (term) => {
        const match = question.terms[term]?.match
        return match === undefined ? 0 : Math.max(best(words, match), best(names, match) * nameShare)
      })
      return { candidate, worth }
    })
    .sort((a, b) => b.worth - a.worth || a.candidate.text.length - b.candidate.text.length)
    .slice(0, closely)
    .map(({ candidate }) => candidate)
}

/** Each with so many segments on either side; what touches is one run. Best first. */
export function excerptRuns(segments: readonly Omit<Candidate, 'text'>[], reach: number): Run[] {
  const runs: { documentId: string; name: string; title: string | null; from: number; to: number }[] = []
  for (const { documentId, name, title, position } of segments) {
    const [from, to] = [Math.max(0, position - reach), position + reach]
    const touching = runs.find((run) => run.documentId === documentId && run.from <= to + 1 && from <= run.to + 1)
    if (touching === undefined) runs.push({ documentId, name, title, from, to })
    else {
      touching.from = Math.min(touching.from, from)
      touching.to = Math.max(touching.to, to)
    }
  }
  return withoutOverlap(runs).map(({ from, to, ...of }) => ({ ...of, from, count: to - from + 1 }))
}

/** Runs that grew into each other become one, so that no sentence is there twice. */
function withoutOverlap<R extends { documentId: string; from: number; to: number }>(runs: readonly R[]): R[] {
  const kept: R[] = []
  for (const run of runs) {
    const touching = kept.find(
      (each) => each.documentId === run.documentId && each.from <= run.to + 1 && run.from <= each.to + 1,
    )
    if (touching === undefined) kept.push({ ...run })
    else {
      touching.from = Math.min(touching.from, run.from)
      touching.to = Math.max(touching.to, run.to)
    }
  }
  return kept.length === runs.length ? kept : withoutOverlap(kept)
}

function best(words: ReadonlySet<string>, match: (word: string) => number): number {
  let strongest = 0
  for (const word of words) strongest = Math.max(strongest, match(word))
  return strongest
}
