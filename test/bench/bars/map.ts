// The map step of a summary: four pieces side by side, against one after another.
import { ok } from '#contract/result.ts'
import type { Bar } from '../bar.ts'
import type { InferenceClient } from '../../../main/inference/inferenceClient.ts'
import { createEngineHarness } from '../../fakes/engineHarness.ts'
import { benchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { interleaved, timed } from '../rig/interleaved.ts'

const pieces = 4
const pieceTokens = 320
const answerTokens = 40
const never = new AbortController().signal

/** Marked at 1.3 times the speed of one sequence. */
export const bar: Bar = {
  title: 'Map step on four sequences',
  how:
    'Four pieces of 320 words, 40 tokens written about each: asked all at once, so that they share batches on four ' +
    'sequences, and asked one after another. Every piece of every round is another text.',
  async run({ rounds, say }) {
    const { client, choose } = createEngineHarness()
    try {
      choose(ok(await benchModel()))
      await client.load(never)
      // The context of four sequences is made at the first map step.
      await mapPiece(client, 9999)
      const numbers = Array.from({ length: pieces }, (_, piece) => piece)
      const seen = await interleaved(rounds, {
        one: (round) =>
          timed(async () => {
            for (const piece of numbers) await mapPiece(client, round * 100 + piece + 1)
          }),
        four: (round) => timed(() => Promise.all(numbers.map((piece) => mapPiece(client, round * 100 + piece + 51)))),
      })
      for (const { one, four } of seen) say(`one ${one.toFixed(0)} ms, four ${four.toFixed(0)} ms`)
      const all = (name: 'one' | 'four') => seen.map((round) => round[name])
      return {
        figures: [
          ratio('four sequences, speed over one', seen, ['one', 'four'], { kind: 'at-least', value: 1.3 }),
          figure('four pieces on four sequences', 'ms', all('four')),
          figure('four pieces on one sequence', 'ms', all('one')),
        ],
      }
    } finally {
      await client.close()
    }
  },
}

async function mapPiece(client: InferenceClient, seed: number): Promise<void> {
  const turns = [{ role: 'person', text: text(pieceTokens, seed) }] as const
  const request = { lane: { kind: 'map' }, turns, maxTokens: answerTokens, temperature: 0, seed: 1 } as const
  const result = await client.generate(request, { signal: never })
  if (!result.ok) throw new Error(result.failure.code)
  if (result.value.meter.generatedTokens !== answerTokens) throw new Error('an answer of another length')
}
