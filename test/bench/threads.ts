// The default number of threads against the best of {1, cores - 1, cores}, with one busy loop per core. Bar: 0.90.
import { spawn, type ChildProcess } from 'node:child_process'
import os from 'node:os'
import { ok } from '#contract/result.ts'
import { defaultThreads, threadCandidates } from '../../main/inference/logic/threads.ts'
import { thisMachine } from '../../main/inference/machine.ts'
import { createEngineHarness, starterModel } from '../fakes/engineHarness.ts'
import { prose, summaryPrompt } from '../fakes/prose.ts'

const rounds = 5
const bar = 0.9
const never = new AbortController().signal

/** Tokens read and written per second with so many threads, in a process of its own. */
async function speedAt(threads: number): Promise<number> {
  const { client, choose } = createEngineHarness()
  try {
    choose(ok({ ...starterModel, threads }))
    await client.load(never)
    const begun = performance.now()
    const result = await client.generate(
      {
        lane: { kind: 'chat', conversationId: 'bench' },
        turns: [{ role: 'person', text: summaryPrompt(prose(30)) }],
        maxTokens: 120,
        temperature: 0,
        seed: 1,
      },
      { signal: never },
    )
    if (!result.ok) throw new Error(result.failure.code)
    const { evaluatedTokens, generatedTokens } = result.value.meter
    return ((evaluatedTokens + generatedTokens) * 1000) / (performance.now() - begun)
  } finally {
    await client.close()
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function busyLoops(): readonly ChildProcess[] {
  return os.cpus().map(() => spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }))
}

const cores = thisMachine().physicalCores
const chosen = defaultThreads(cores)
const candidates = threadCandidates(cores)
const speeds = new Map<number, number[]>(candidates.map((threads) => [threads, []]))
const loops = busyLoops()
try {
  for (let round = 0; round < rounds; round++) {
    for (const threads of candidates) speeds.get(threads)?.push(await speedAt(threads))
  }
} finally {
  for (const loop of loops) loop.kill('SIGKILL')
}

const medians = [...speeds].map(([threads, values]) => ({ threads, tokensPerSecond: median(values) }))
const best = Math.max(...medians.map(({ tokensPerSecond }) => tokensPerSecond))
const own = medians.find(({ threads }) => threads === chosen)?.tokensPerSecond ?? 0
for (const { threads, tokensPerSecond } of medians)
  console.log(`${threads} threads: ${tokensPerSecond.toFixed(1)} tokens/s`)
console.log(`default ${chosen} of ${cores} cores: ${(own / best).toFixed(2)} of the best (bar ${bar})`)
if (own < best * bar) process.exitCode = 1
