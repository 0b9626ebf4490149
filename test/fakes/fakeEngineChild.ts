// An inference process without an engine: answers the protocol as the test tells it.
import type { ChildPort } from '../../main/host.ts'
import type { InferenceReply, InferenceRequest } from '../../main/inference/protocol.ts'

type Exit = { readonly code: number | null; readonly signal: string | null }

/** A fake process: what it received, and levers for the test. */
export type FakeEngineChild = ChildPort & {
  readonly received: InferenceRequest[]
  readonly killed: boolean
  reply(reply: InferenceReply): void
  /** Ends it as a crash would. */
  exit(exit?: Exit): void
}

/** What a fake process does by itself on a request; answering nothing is a hang. */
export type Behaviour = (request: InferenceRequest, child: FakeEngineChild) => void

/** Answers pings, loads and limits of threads; everything else waits for the test. */
export function loadsAndWaits(request: InferenceRequest, child: FakeEngineChild): void {
  if (request.type === 'ping') child.reply({ type: 'pong', id: request.id })
  // It cannot measure.
  if (request.type === 'measure-sequences') child.reply({ type: 'sequences-measured', id: request.id, speeds: [] })
  if (request.type === 'limit-threads') child.reply({ type: 'threads-limited', id: request.id })
  if (request.type === 'load') {
    child.reply({ type: 'loading', id: request.id, progress: 0.5 })
    child.reply({
      type: 'loaded',
      id: request.id,
      info: {
        engine: '3.0.0',
        gpu: request.gpu.kind === 'off' ? 'cpu' : request.gpu.backend,
        gpuName: null,
        gpuLayers: request.gpu.kind === 'off' ? 0 : request.gpu.kind === 'layers' ? request.gpu.layers : 6,
        totalLayers: 6,
        threads: request.threads,
        contextTokens: request.contextTokens,
      },
    })
  }
}

/** A spawn that makes fakes, each behaving as `behaviour` of its number says; `children` are all there were. */
export function createFakeSpawn(behaviour: (number: number) => Behaviour): {
  readonly children: FakeEngineChild[]
  spawn(): ChildPort
} {
  const children: FakeEngineChild[] = []
  return {
    children,
    spawn() {
      const child = createChild(behaviour(children.length))
      children.push(child)
      return child
    },
  }
}

function createChild(behaviour: Behaviour): FakeEngineChild {
  const received: InferenceRequest[] = []
  let onMessage: (message: unknown) => void = () => undefined
  let onExit: (exit: Exit) => void = () => undefined
  let gone = false
  let killed = false
  const child: FakeEngineChild = {
    pid: 1,
    received,
    get killed() {
      return killed
    },
    post(message) {
      if (gone) return
      const request = message as InferenceRequest // as: the client posts nothing else
      received.push(request)
      behaviour(request, child)
    },
    onMessage: (listener) => (onMessage = listener),
    onExit: (listener) => (onExit = listener),
    kill() {
      killed = true
      child.exit({ code: null, signal: 'SIGKILL' })
    },
    reply(reply) {
      if (!gone) onMessage(reply)
    },
    exit(exit = { code: null, signal: 'SIGSEGV' }) {
      if (gone) return
      gone = true
      onExit(exit)
    },
  }
  return child
}
