// The default number of threads against the best of {1, cores - 1, cores}, with one busy loop per core.
import { spawn, type ChildProcess } from 'node:child_process'
import os from 'node:os'
import { ok } from '#contract/result.ts'
import { defaultThreads, threadCandidates } from '../../../main/inference/logic/threads.ts'
import { thisMachine } from '../../../main/inference/machine.ts'
import { createEngineHarness, starterModel } from '../../fakes/engineHarness.ts'
import { prose, summaryPrompt } from '../../fakes/prose.ts'
import type { Bar } from '../bar.ts'
import { figure, median } from '../logic/statistics.ts'

const never = new AbortController().signal

/** Marked at 0.90 of the best number of threads. */
export const bar: Bar = {
  title: 'Threads while the machine is busy',
  how:
    'The starter summarizes thirty sentences at 1 thread, all cores but one and all cores, with one endless loop per core ' +
    'beside it. The default against the best of the medians.',
  async run({ rounds, say }) {
    const cores = thisMachine().physicalCores
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
    for (const [threads, values] of speeds) say(`${threads} threads: ${median(values).toFixed(1)} tokens/s`)
    const best = Math.max(...[...speeds.values()].map(median))
    const own = median(speeds.get(defaultThreads(cores)) ?? [])
    return {
      figures: [
        {
          ...figure('default threads / best', 'ratio', [own / best], { kind: 'at-least', value: 0.9 }),
          rounds,
        },
        ...[...speeds].map(([threads, values]) => figure(`starter on ${threads} threads`, 'tokens/s', values)),
      ],
    }
  },
}

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

function busyLoops(): readonly ChildProcess[] {
  return os.cpus().map(() => spawn(process.execPath, ['--eval', 'for (;;);'], { stdio: 'ignore' }))
}
