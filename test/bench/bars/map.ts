// The map step of a summary: four pieces side by side, against one after another.
import { ok } from '#contract/result.ts'
import type { Bar, Figure, Mark } from '../bar.ts'
import type { InferenceClient } from '../../../main/inference/inferenceClient.ts'
import { createEngineHarness } from '../../fakes/engineHarness.ts'
import { benchModel, ensureBenchModel, ensureFourBitModel } from '../model/benchModel.ts'
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
    'sequences, and asked one after another. Every piece of every round is another text. With 8-bit and with 4-bit weights.',
  async run({ rounds, say }) {
    const figures: Figure[] = []
    for (const { name, path, mark } of await files()) {
      say(name)
      const seen = await measure(path, rounds)
      for (const { one, four } of seen) say(`one ${one.toFixed(0)} ms, four ${four.toFixed(0)} ms`)
      const all = (way: 'one' | 'four') => seen.map((round) => round[way])
      figures.push(
        ratio(`four sequences, speed over one, ${name}`, seen, ['one', 'four'], mark),
        figure(`four pieces on four sequences, ${name}`, 'ms', all('four')),
        figure(`four pieces on one sequence, ${name}`, 'ms', all('one')),
      )
    }
    return { figures }
  },
}

/** The mark is for the model all other bars use; most people's has 4-bit weights, whose batches cost less. */
async function files(): Promise<readonly { readonly name: string; readonly path: string; readonly mark?: Mark }[]> {
  return [
    { name: '8-bit', path: await ensureBenchModel(), mark: { kind: 'at-least', value: 1.3 } },
    { name: '4-bit', path: await ensureFourBitModel() },
  ]
}

async function measure(path: string, rounds: number): Promise<readonly Readonly<Record<'one' | 'four', number>>[]> {
  const { client, choose } = createEngineHarness()
  try {
    choose(ok(await benchModel({ path })))
    await client.load(never)
    // The context of four sequences is made at the first map step.
    await mapPiece(client, 9999)
    const numbers = Array.from({ length: pieces }, (_, piece) => piece)
    return await interleaved(rounds, {
      one: (round) =>
        timed(async () => {
          for (const piece of numbers) await mapPiece(client, round * 100 + piece + 1)
        }),
      four: (round) => timed(() => Promise.all(numbers.map((piece) => mapPiece(client, round * 100 + piece + 51)))),
    })
  } finally {
    await client.close()
  }
}

async function mapPiece(client: InferenceClient, seed: number): Promise<void> {
  const turns = [{ role: 'person', text: text(pieceTokens, seed) }] as const
  const request = { lane: { kind: 'map' }, turns, maxTokens: answerTokens, temperature: 0, seed: 1 } as const
  const result = await client.generate(request, { signal: never })
  if (!result.ok) throw new Error(result.failure.code)
  if (result.value.meter.generatedTokens !== answerTokens) throw new Error('an answer of another length')
}
