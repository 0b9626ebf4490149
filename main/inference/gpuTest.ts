// Tries GPU backends, each in its own short-lived child, so that a driver that crashes takes nothing along.
import os from 'node:os'
import type { GpuTest } from '#contract/model.ts'
import type { ChildKind, ChildLimits, ChildPort } from '../host.ts'
import { inferenceReply } from './protocol.ts'
import { systemTimers, type Timers } from './timers.ts'

/** Starts a child of a kind; the host's. */
export type Spawn = (kind: ChildKind, limits: ChildLimits) => ChildPort

/** `modelPath` also runs one layer of that model; `backends` defaults to those this platform can have, best first. */
export type GpuTestOptions = {
  readonly backends?: readonly GpuTest['backend'][]
  readonly modelPath?: string | null
  readonly timers?: Timers
  readonly timeoutMilliseconds?: number
  readonly signal?: AbortSignal
  /** Hears of each outcome as it comes. */
  readonly onTested?: (test: GpuTest, done: number, total: number) => void
}

/** Memory of the inference process's own JavaScript; the model lies outside of it. */
export const inferenceLimits: ChildLimits = { heapMegabytes: 2048 }

/** Tests the backends one after the other; never fails, each outcome says how it went. Aborting leaves the rest out. */
export async function testGpu(spawn: Spawn, options: GpuTestOptions = {}): Promise<readonly GpuTest[]> {
  const tests: GpuTest[] = []
  const backends = options.backends ?? backendsOf(os.platform())
  for (const backend of backends) {
    if (options.signal?.aborted === true) break
    const test = await testBackend(spawn, backend, options)
    tests.push(test)
    options.onTested?.(test, tests.length, backends.length)
  }
  return tests
}

/** Backends a platform can have, best first, the processor last. */
export function backendsOf(platform: NodeJS.Platform): readonly GpuTest['backend'][] {
  return platform === 'darwin' ? ['metal', 'cpu'] : ['cuda', 'vulkan', 'cpu']
}

function testBackend(spawn: Spawn, backend: GpuTest['backend'], options: GpuTestOptions): Promise<GpuTest> {
  const { modelPath = null, timers = systemTimers, timeoutMilliseconds = 60_000, signal } = options
  const child = spawn('inference', inferenceLimits)
  return new Promise((resolve) => {
    let test: GpuTest = { backend, outcome: 'crashed', deviceNames: [], memoryBytes: null }
    const end = (outcome: GpuTest) => {
      test = outcome
      child.kill()
    }
    const cancel = timers.after(timeoutMilliseconds, () => end({ ...test, outcome: 'timed-out' }))
    const stop = () => end({ ...test, outcome: 'failed' })
    signal?.addEventListener('abort', stop, { once: true })
    child.onMessage((message) => {
      const reply = inferenceReply.safeParse(message)
      if (reply.success && reply.data.type === 'gpu-tested') end(reply.data.test)
    })
    child.onExit(() => {
      cancel()
      signal?.removeEventListener('abort', stop)
      resolve(test)
    })
    child.post({ type: 'test-gpu', id: 1, backend, modelPath })
  })
}
