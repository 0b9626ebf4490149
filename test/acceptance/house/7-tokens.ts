// Row: a second turn reads only what is new, Stop takes at most a slice and a half, default threads hold up under load.
import { join } from 'node:path'
import type { Generation, GenerationRequest } from '../../../main/inference/localGenerator.ts'
import { createEngineHarness } from '../../fakes/engineHarness.ts'
import { prose, summaryPrompt } from '../../fakes/prose.ts'
import type { Evidence, Row } from '../row.ts'
import { checkout, startProgram } from '../runSotto.ts'

const never = new AbortController().signal
const sliceTokens = 128

export const row: Row = {
  name: 'tokens',
  doneWhen:
    'Turn 2 of a conversation of at least 1,500 tokens evaluates at most 32 tokens more than the new ones (token meter), ' +
    'Stop during prefill returns within 1.5 slices, default threads reach at least 0.90 of the best of {1, cores - 1, ' +
    'cores} with one busy loop per core.',
  async run(evidence) {
    const verdicts = [await secondTurn(evidence), await stopWhileReading(evidence), await threads(evidence)]
    return verdicts.every(Boolean) ? 'green' : 'red'
  },
}

type Harness = ReturnType<typeof createEngineHarness>

async function generate(
  { client }: Harness,
  request: GenerationRequest,
  listener: Parameters<Harness['client']['generate']>[1] = { signal: never },
): Promise<Generation> {
  const result = await client.generate(request, listener)
  if (!result.ok) throw new Error(result.failure.code)
  return result.value
}

async function secondTurn(evidence: Evidence): Promise<boolean> {
  const harness = createEngineHarness()
  try {
    const person = { role: 'person', text: summaryPrompt(prose(110)) } as const
    const request = { lane: { kind: 'chat', conversationId: 'long' }, maxTokens: 100, temperature: 0, seed: 1 } as const
    const one = await generate(harness, { ...request, turns: [person] })
    const assistant = { role: 'assistant', text: one.text } as const
    const turns = [person, assistant, { role: 'person', text: 'thanks' } as const]
    const two = await generate(harness, { ...request, turns, maxTokens: 40 })
    const fresh = two.meter.promptTokens - one.meter.promptTokens - one.meter.generatedTokens
    const extra = two.meter.evaluatedTokens - fresh
    evidence(
      `turn 1: ${one.meter.promptTokens} prompt tokens, ${one.meter.generatedTokens} generated; turn 2: ` +
        `${two.meter.promptTokens} prompt tokens, ${fresh} of them new, ${two.meter.evaluatedTokens} evaluated (${extra} more)`,
    )
    return one.meter.promptTokens >= 1500 && extra <= 32
  } finally {
    await harness.client.close()
  }
}

async function stopWhileReading(evidence: Evidence): Promise<boolean> {
  const harness = createEngineHarness()
  try {
    await harness.client.load(never)
    const stop = new AbortController()
    const slices: number[] = []
    const pressed = { at: 0, tokens: 0 }
    let last = performance.now()
    const request = {
      lane: { kind: 'chat', conversationId: 'stop' },
      turns: [{ role: 'person', text: summaryPrompt(prose(110, 33)) }],
      maxTokens: 50,
      temperature: 0,
      seed: 1,
    } as const
    const result = await generate(harness, request, {
      signal: stop.signal,
      onReading: (evaluated) => {
        slices.push(performance.now() - last)
        last = performance.now()
        if (evaluated < 3 * sliceTokens || pressed.at > 0) return
        pressed.at = last
        pressed.tokens = evaluated
        stop.abort()
      },
    })
    const took = performance.now() - pressed.at
    const slice = slices.slice(1).toSorted((a, b) => a - b)[Math.floor((slices.length - 1) / 2)] ?? 0
    const read = result.meter.evaluatedTokens - pressed.tokens
    evidence(
      `Stop at ${pressed.tokens} of ${result.meter.promptTokens} tokens: ${result.reason} after ${took.toFixed(0)} ms and ` +
        `${read} more tokens (a slice is ${sliceTokens} tokens, ${slice.toFixed(0)} ms here)`,
    )
    return result.reason === 'stopped' && read <= 1.5 * sliceTokens
  } finally {
    await harness.client.close()
  }
}

async function threads(evidence: Evidence): Promise<boolean> {
  const run = await startProgram([process.execPath, join(checkout, 'test/bench/threads.ts')]).done
  for (const line of run.stdout.trim().split('\n')) evidence(line)
  return run.code === 0
}
