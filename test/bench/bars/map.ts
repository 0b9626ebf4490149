// The map step of a summary: pieces side by side, as many as the app measured to be best, against one after another.
import { ok } from '#contract/result.ts'
import type { InferenceClient } from '../../../main/inference/inferenceClient.ts'
import type { SequenceSpeeds } from '../../../main/inference/localGenerator.ts'
import { createEngineHarness } from '../../fakes/engineHarness.ts'
import { speedsBestAt } from '../../fakes/sequenceSpeeds.ts'
import type { Bar, Figure } from '../bar.ts'
import { benchModel, ensureBenchModel, ensureFourBitModel } from '../model/benchModel.ts'
import { text } from '../model/vocabulary.ts'
import { figure, ratio } from '../logic/statistics.ts'
import { interleaved, timed } from '../rig/interleaved.ts'

const fewestPieces = 4
const pieceTokens = 320
const answerTokens = 40
const never = new AbortController().signal

type Way = 'one' | 'four' | 'product'

/** Marked at 1.3 times the speed of one sequence. */
export const bar: Bar = {
  title: 'Map steps side by side',
  how:
    'Pieces of 320 words, 40 tokens written about each. As the app runs them: on as many sequences as its own ' +
    'measurement of this model found best (`models.engine` tells how many). Beside it the same on four sequences and on ' +
    'one. Time per piece, each way in an engine process of its own, at least four pieces and as many as there are ' +
    'sequences. Every piece of every round is another text. With 8-bit and with 4-bit weights.',
  async run({ rounds, say }) {
    const figures: Figure[] = []
    for (const { name, path } of await files()) {
      const { sequences, seen } = await measure(path, rounds, (line) => say(`${name}: ${line}`))
      const all = (way: Way) => seen.map((round) => round[way])
      figures.push(
        ratio(`map steps as run / on one sequence, ${name}`, seen, ['one', 'product'], {
          kind: 'at-least',
          value: 1.3,
        }),
        ratio(`four sequences / one, ${name}`, seen, ['one', 'four']),
        figure(`sequences, as measured by the app, ${name}`, 'count', [sequences]),
        figure(`a piece as run, ${name}`, 'ms', all('product')),
        figure(`a piece on four sequences, ${name}`, 'ms', all('four')),
        figure(`a piece on one sequence, ${name}`, 'ms', all('one')),
      )
    }
    return { figures }
  },
}

/** All other bars use the first; most people's model has weights like the second. */
async function files(): Promise<readonly { readonly name: string; readonly path: string }[]> {
  return [
    { name: '8-bit', path: await ensureBenchModel() },
    { name: '4-bit', path: await ensureFourBitModel() },
  ]
}

async function measure(path: string, rounds: number, say: (line: string) => void) {
  const clients = await Promise.all([speedsBestAt(1), speedsBestAt(4), undefined].map((kept) => start(path, kept)))
  const [one, four, product] = clients
  if (one === undefined || four === undefined || product === undefined) throw new Error('three were started')
  try {
    const measured = await product.measureSequences(never)
    if (!measured.ok) throw new Error(measured.failure.code)
    for (const { sequences, tokensPerSecond } of measured.value)
      say(`${sequences} side by side: ${tokensPerSecond.toFixed(1)} tokens/s`)
    const sequences = await sequencesOf(product)
    // The context of the sequences is made at the first map step.
    for (const [index, client] of clients.entries()) await mapPiece(client, 9000 + index)
    const way = (client: InferenceClient, count: number, seed: number) => (round: number) =>
      piecesOn(client, count, round * 1000 + seed)
    const seen = await interleaved<Way>(rounds, {
      one: way(one, 1, 1),
      four: way(four, 4, 101),
      product: way(product, sequences, 201),
    })
    for (const round of seen)
      say(`a piece: one ${ms(round.one)}, four ${ms(round.four)}, ${sequences} as run ${ms(round.product)}`)
    return { sequences, seen }
  } finally {
    await Promise.all(clients.map((client) => client.close()))
  }
}

async function start(path: string, kept: SequenceSpeeds | undefined): Promise<InferenceClient> {
  const { client, choose } = createEngineHarness(kept === undefined ? {} : { sequenceSpeeds: kept })
  choose(ok(await benchModel({ path })))
  await client.load(never)
  return client
}

async function sequencesOf(client: InferenceClient): Promise<number> {
  const loaded = await client.load(never)
  if (!loaded.ok) throw new Error(loaded.failure.code)
  return loaded.value.mapSequences
}

/** Milliseconds per piece with so many side by side. */
async function piecesOn(client: InferenceClient, sideBySide: number, firstSeed: number): Promise<number> {
  const pieces = Math.max(fewestPieces, sideBySide)
  const seeds = Array.from({ length: pieces }, (_, piece) => firstSeed + piece)
  const runner = async (): Promise<void> => {
    for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) await mapPiece(client, seed)
  }
  return (await timed(() => Promise.all(Array.from({ length: sideBySide }, runner)))) / pieces
}

async function mapPiece(client: InferenceClient, seed: number): Promise<void> {
  const turns = [{ role: 'person', text: text(pieceTokens, seed) }] as const
  const request = { lane: { kind: 'map' }, turns, maxTokens: answerTokens, temperature: 0, seed: 1 } as const
  const result = await client.generate(request, { signal: never })
  if (!result.ok) throw new Error(result.failure.code)
  if (result.value.meter.generatedTokens !== answerTokens) throw new Error('an answer of another length')
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`
}
