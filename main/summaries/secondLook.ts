// What is looked at once a summary is written: the document's contradictions, and claims that only say it in other words.
import { setImmediate } from 'node:timers/promises'
import type { Result } from '#contract/result.ts'
import type { Claim, Contradiction } from '#contract/summary.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import { claimOf } from '../text/logic/claims.ts'
import { searchContradictions } from '../text/logic/contradictions.ts'
import { alignBySense, mayBeReworded, placesFor } from '../text/logic/sense.ts'
import type { Sentence } from '../text/logic/sentences.ts'
import { indexSources } from '../text/logic/sourceIndex.ts'

/** Vectors from a model that was made for it; absent where none is installed. */
export type Embed = LocalGenerator['embed']

/** The document's contradictions, found in slices; null when stopped. */
export async function contradictionsOf(
  sentences: readonly Sentence[],
  signal: AbortSignal,
): Promise<Contradiction[] | null> {
  const search = searchContradictions(sentences) // left where it stands when stopped; holds nothing
  for (;;) {
    if (signal.aborted) return null
    const step = search.next()
    if (step.done === true) return step.value
    await setImmediate()
  }
}

/**
 * The claims, those with too few of the document's words judged once more by meaning. Without a model that embeds, or
 * when it fails, they stay as they are: nothing is supported by a failure.
 */
export async function bySense(
  claims: readonly Claim[],
  sentences: readonly Sentence[],
  embed: Embed | undefined,
  signal: AbortSignal,
): Promise<Claim[]> {
  const doubtful = claims.filter(({ supported, notes = [] }) => mayBeReworded({ supported, notes }))
  if (embed === undefined || doubtful.length === 0) return [...claims]
  const index = indexSources(sentences.map(({ text }) => text))
  const places = new Map(doubtful.map((claim) => [claim, placesFor(index, claim.text)]))
  const positions = [...new Set([...places.values()].flat())]
  const texts = [...doubtful.map(({ text }) => text), ...positions.map((at) => sentences[at]?.text ?? '')]
  const vectors: Result<readonly Float32Array[]> = await embed(texts, signal)
  if (!vectors.ok) return [...claims]
  const own = new Map(doubtful.map((claim, at) => [claim, vectors.value[at]]))
  const known = new Map(positions.map((position, at) => [position, vectors.value[doubtful.length + at]]))
  return claims.map((claim) => {
    const vector = own.get(claim)
    if (vector === undefined) return claim
    const near = (places.get(claim) ?? []).flatMap((position) => {
      const other = known.get(position)
      return other === undefined ? [] : [{ position, vector: other }]
    })
    const found = alignBySense(index, claim.text, vector, near)
    return found?.supported === true ? claimOf(claim.text, sentences, found) : claim
  })
}
