// The engine's process killed, stopped and aborted at load, at the first token and mid-stream: the app stays, the next request works.
import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { fail, type Result } from '#contract/result.ts'
import type { Generation } from '../../main/inference/localGenerator.ts'
import { defaultTimings } from '../../main/inference/supervisor.ts'
import { createEngineHarness, type EngineHarness } from '../fakes/engineHarness.ts'
import { prose, summaryPrompt } from '../fakes/prose.ts'
import { speedsBestAt } from '../fakes/sequenceSpeeds.ts'

const never = new AbortController().signal
/** Long enough for a process that starts on a busy machine, short enough to see a hang. */
const timings = { ...defaultTimings, pingEvery: 200, hungAfter: 8000 }

type Moment = 'load' | 'first token' | 'mid-stream'
const moments: readonly Moment[] = ['load', 'first token', 'mid-stream']

let harness: EngineHarness
afterEach(async () => {
  await harness.client.close()
  expect(childrenOf(process.pid)).toEqual([])
})

function send(signal: NodeJS.Signals): void {
  const { pid } = harness.client
  if (pid === undefined) throw new Error('no engine to signal')
  process.kill(pid, signal)
}

/** Runs a generation and strikes at a moment; the text that had come is kept apart. */
async function strike(moment: Moment, signal: NodeJS.Signals): Promise<{ result: Result<Generation>; text: string }> {
  let text = ''
  let pieces = 0
  let struck = false
  const once = () => {
    if (struck) return
    struck = true
    send(signal)
  }
  if (moment !== 'load') await harness.client.load(never)
  const running = harness.client.generate(
    {
      lane: { kind: 'chat', conversationId: 'a' },
      turns: [{ role: 'person', text: summaryPrompt(prose(60)) }],
      maxTokens: 200,
      temperature: 0,
      seed: 1,
      jsonSchema: { type: 'array', items: { type: 'integer' }, minItems: 100, maxItems: 100 },
    },
    {
      signal: never,
      onText: (delta) => {
        text += delta
        pieces++
        if (moment === 'first token' || pieces === 3) once()
      },
    },
  )
  if (moment === 'load') {
    while (harness.client.pid === undefined) await new Promise((resolve) => setImmediate(resolve))
    once()
  }
  return { result: await running, text }
}

async function worksAgain(): Promise<void> {
  const next = await harness.client.generate(
    {
      lane: { kind: 'chat', conversationId: 'a' },
      turns: [{ role: 'person', text: 'hello' }],
      maxTokens: 30,
      temperature: 0,
      seed: 1,
    },
    { signal: never },
  )
  expect(next).toMatchObject({ ok: true, value: { reason: 'complete' } })
  expect(harness.client.state()).toMatchObject({ state: 'ready' })
}

describe.each(['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const)('R7: %s', (signal) => {
  test.each(moments)('at %s', async (moment) => {
    harness = createEngineHarness({ timings })
    const { result, text } = await strike(moment, signal)
    expect(result).toEqual(fail('engine-crashed', {}))
    expect(text.length > 0).toBe(moment !== 'load')
    await worksAgain()
  })

  test('while it is unloaded: nobody waits, the next request works, and nothing of it is left', async () => {
    harness = createEngineHarness({ timings })
    expect(await harness.client.load(never)).toMatchObject({ ok: true })
    const { pid } = harness.client
    // The process gets the message to go and the signal in the same instant; which it sees first is its own affair.
    const unloading = harness.client.unload()
    if (pid !== undefined) process.kill(pid, signal)
    await unloading
    expect(harness.client.state()).toEqual({ state: 'idle' })
    await worksAgain()
  })
})

describe('R8: SIGSTOP', () => {
  test.each(moments)('at %s', async (moment) => {
    harness = createEngineHarness({ timings })
    const { result } = await strike(moment, 'SIGSTOP')
    expect(result).toEqual(fail('engine-hung', { seconds: 8 }))
    await worksAgain()
  })
})

test('R7: map steps in flight all fail, and the next ones work', async () => {
  harness = createEngineHarness({ timings, sequenceSpeeds: speedsBestAt(4) })
  await harness.client.load(never)
  const begun = Promise.withResolvers<undefined>()
  const steps = [1, 2, 3, 4, 5].map((seed) =>
    harness.client.generate(
      {
        lane: { kind: 'map' },
        turns: [{ role: 'person', text: summaryPrompt(prose(60, seed)) }],
        maxTokens: 100,
        temperature: 0,
        seed: 1,
      },
      { signal: never, onReading: () => begun.resolve(undefined) },
    ),
  )
  await begun.promise
  send('SIGKILL')
  const results = await Promise.all(steps)
  expect(results.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => fail('engine-crashed', {})))
  // The fifth still waited: it gets a new process.
  expect(results[4]).toMatchObject({ ok: true })
  await worksAgain()
})

test('R7: three restarts, then it is said to be unavailable, until the time has passed', async () => {
  let time = new Date('2026-11-20T10:00:00Z')
  harness = createEngineHarness({
    timings: { ...timings, restarts: { ...timings.restarts, waits: [0] } },
    now: () => time,
  })
  for (let death = 0; death < 4; death++) {
    const { result } = await strike('load', 'SIGKILL')
    expect(result).toEqual(fail('engine-crashed', {}))
  }
  expect(await harness.client.load(never)).toEqual(fail('engine-unavailable', { restarts: 3, minutes: 5 }))
  expect(harness.client.state()).toEqual({
    state: 'failed',
    failure: { code: 'engine-unavailable', details: { restarts: 3, minutes: 5 } },
  })
  time = new Date('2026-11-20T10:05:01Z')
  await worksAgain()
})

/** Living or dead children of a process that nobody has collected, from /proc; none where there is no /proc. */
function childrenOf(pid: number): readonly string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, 'utf8')
        return status.slice(status.lastIndexOf(')') + 2).split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
}
