// What is looked at once a summary is written: meaning may help a claim, never against a fact, and a failure helps nobody.
import { expect, test } from 'vitest'
import type { Segment } from '#contract/document.ts'
import { fail, ok } from '#contract/result.ts'
import { bySense, contradictionsOf, type Embed } from '../../../main/summaries/secondLook.ts'
import { claimsOfText } from '../../../main/text/logic/claims.ts'
import { splitSentences } from '../../../main/text/logic/sentences.ts'
import { indexSources } from '../../../main/text/logic/sourceIndex.ts'

const signal = new AbortController().signal
const segments = [
  'The crew of nine people mended the northern wall before the storm came.',
  'Nobody has ever complained about the noise of the mill.',
  'The deposit for the whole house is 8,250 pounds.',
  'The deposit for the whole house is 8,520 pounds.',
].map((text, at): Segment => ({ text, locator: { kind: 'lines', from: at + 1, to: at + 1 } }))
const sentences = splitSentences(segments)
const index = indexSources(sentences.map(({ text }) => text))

/** Everything about walls points one way, all else another. */
function embed(...[texts]: Parameters<Embed>): ReturnType<Embed> {
  return Promise.resolve(ok(texts.map((text) => new Float32Array(/wall|rampart/.test(text) ? [1, 0] : [0, 1]))))
}

const reworded = 'Repairs at the rampart were done ahead of the storm and bad weather.'
const wrong = 'Twelve workers did repairs at the rampart ahead of the storm.'
const claims = claimsOfText(sentences, index, [reworded, wrong, 'The mill makes noise at night, the mayor says.'])

test('a reworded claim finds its source; one with another number stays marked', async () => {
  expect(claims.map(({ supported }) => supported)).toEqual([false, false, false])
  const looked = await bySense(claims, sentences, embed, signal)
  expect(looked.map(({ supported, support, locators }) => [supported, support, locators.length])).toEqual([
    [true, 'close', 1],
    [false, claims[1]?.support, claims[1]?.locators.length],
    [looked[2]?.supported, looked[2]?.support, looked[2]?.locators.length],
  ])
  expect(looked[0]?.locators).toEqual([{ kind: 'lines', from: 1, to: 1 }])
  expect(looked[1]).toEqual(claims[1])
})

test('without a model that embeds, and when it fails, claims stay as they are', async () => {
  const failing: Embed = () => Promise.resolve(fail('unsupported-by-model', { feature: 'embedding' }))
  expect(await bySense(claims, sentences, undefined, signal)).toEqual(claims)
  expect(await bySense(claims, sentences, failing, signal)).toEqual(claims)
})

test('a model is only asked when something is in doubt', async () => {
  const never: Embed = () => Promise.reject(new Error('asked'))
  const sound = claimsOfText(sentences, index, [segments[0]?.text ?? ''])
  expect(await bySense(sound, sentences, never, signal)).toEqual(sound)
})

test('contradictions are found in slices, and not at all once stopped', async () => {
  expect((await contradictionsOf(sentences, signal))?.map(({ kind }) => kind)).toEqual(['number'])
  expect(await contradictionsOf(sentences, AbortSignal.abort())).toBeNull()
})
