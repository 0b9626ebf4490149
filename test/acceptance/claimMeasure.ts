// How well claims true and false by construction are told apart, and planted contradictions found: counts, no opinion.
import { findContradictions } from '../../main/text/logic/contradictions.ts'
import { align } from '../../main/text/logic/alignment.ts'
import { splitSentences } from '../../main/text/logic/sentences.ts'
import { indexSources } from '../../main/text/logic/sourceIndex.ts'
import type { ClaimDocument } from '../fixtures/claims/claimDocuments.ts'
import type { ClaimClass, MadeClaim } from '../fixtures/claims/corpus.ts'

/** Of one class: claims made, how many were marked, and how many of those for the reason they were made with. */
export type Marked = { readonly made: number; readonly marked: number; readonly named: number }

/** Counts by class over the claims of a half, each text once. */
export function measureClaims(claims: readonly MadeClaim[]): ReadonlyMap<ClaimClass, Marked> {
  const indexes = new Map(
    [...new Set(claims.map(({ document }) => document))].map((document) => [
      document,
      indexSources(document.sentences.map(({ text }) => text)),
    ]),
  )
  const counts = new Map<ClaimClass, Marked>()
  const seen = new Set<string>()
  for (const { document, made, text } of claims) {
    const key = JSON.stringify([document.name, made, text])
    const index = indexes.get(document)
    if (index === undefined || seen.has(key)) continue
    seen.add(key)
    const { supported, notes } = align(index, text)
    const before = counts.get(made) ?? { made: 0, marked: 0, named: 0 }
    counts.set(made, {
      made: before.made + 1,
      marked: before.marked + (supported ? 0 : 1),
      named: before.named + (!supported && notes.some(({ kind }) => kind === made) ? 1 : 0),
    })
  }
  return counts
}

/** Share of a class that was marked; 0 where there is none of it. */
export function shareMarked(counts: ReadonlyMap<ClaimClass, Marked>, ...classes: readonly ClaimClass[]): number {
  const [made, marked] = classes.reduce(
    ([all, some], each) => [all + (counts.get(each)?.made ?? 0), some + (counts.get(each)?.marked ?? 0)],
    [0, 0],
  )
  return made === 0 ? 0 : marked / made
}

/** Planted contradictions found, and pairs found that nobody planted, in the documents as they are and planted. */
export function measureContradictions(documents: readonly ClaimDocument[]): {
  readonly planted: number
  readonly found: number
  readonly falsely: number
} {
  let [planted, found, falsely] = [0, 0, 0]
  for (const { sentences } of documents) {
    const texts = sentences.map(({ text }) => text)
    falsely += contradictionsOf(texts).length
    for (const { text, contradicting } of sentences) {
      for (const other of contradicting) {
        const pairs = contradictionsOf([...texts, other])
        const right = pairs.filter(({ a, b }) => a.text === text && b.text === other)
        planted += 1
        found += Math.min(1, right.length)
        falsely += pairs.length - right.length
      }
    }
  }
  return { planted, found, falsely }
}

function contradictionsOf(texts: readonly string[]): ReturnType<typeof findContradictions> {
  const segments = texts.map((text, at) => ({
    text,
    locator: { kind: 'section' as const, path: [], paragraph: at + 1 },
  }))
  return findContradictions(splitSentences(segments))
}
