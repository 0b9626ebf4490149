// Reading a prompt in the app's slices, so that Stop works, against the library reading it in one call.
import { ok } from '#contract/result.ts'
import type { Bar } from '../bar.ts'
import { createEngineHarness } from '../../fakes/engineHarness.ts'
import { benchModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { interleaved } from '../rig/interleaved.ts'
import { startBare } from '../rig/startBare.ts'

const promptTokens = 512
const never = new AbortController().signal

/** Marked at 0.95 of the speed of one call. */
export const bar: Bar = {
  title: 'Prefill in slices',
  how:
    'The engine process reads a prompt of 512 words in slices of 128 and reports each; the library alone reads one as long ' +
    'in a single call with its own batches of 512. Tokens per second, the way to the process and back included.',
  async run({ rounds, say }) {
    const model = await benchModel()
    const bare = await startBare(model.path, 1024)
    const { client, choose } = createEngineHarness()
    try {
      choose(ok(model))
      await client.load(never)
      const sliced = async (seed: number): Promise<number> => {
        const turns = [{ role: 'person', text: text(promptTokens, seed) }] as const
        const begun = performance.now()
        const meter = await client.preload(`bench-${seed}`, turns, never)
        if (!meter.ok) throw new Error(meter.failure.code)
        return (meter.value.evaluatedTokens * 1000) / (performance.now() - begun)
      }
      await sliced(9999)
      const seen = await interleaved(rounds, {
        sliced: (round) => sliced(round + 1),
        once: async (round) => {
          const { tokens, milliseconds } = await bare.read(text(promptTokens, round + 501))
          return (tokens * 1000) / milliseconds
        },
      })
      for (const { sliced: own, once } of seen) say(`sliced ${own.toFixed(0)}, at once ${once.toFixed(0)} tokens/s`)
      const all = (name: 'sliced' | 'once') => seen.map((round) => round[name])
      return {
        figures: [
          ratio('sliced / one call', seen, ['sliced', 'once'], { kind: 'at-least', value: 0.95 }),
          figure('read in slices', 'tokens/s', all('sliced')),
          figure('read in one call', 'tokens/s', all('once')),
        ],
      }
    } finally {
      bare.close()
      await client.close()
    }
  },
}
