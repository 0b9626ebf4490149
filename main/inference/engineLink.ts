// Requests and replies of the inference process: numbers them, pairs them, and fails them all when it ends.
import type { Failure } from '#contract/failures.ts'
import type { Result } from '#contract/result.ts'
import type { ChildPort, Logger } from '../host.ts'
import { inferenceReply, type InferenceOrder, type InferenceReply } from './protocol.ts'
import { Supervisor, type Timings } from './supervisor.ts'
import type { Timers } from './timers.ts'

/** Replies that do not end their request. */
type Sign = Extract<InferenceReply, { readonly type: 'loading' | 'reading' | 'text' }>
/** The reply that ends a request; a process that ended answers `failed`. */
export type LastReply = Exclude<InferenceReply, Sign | { readonly type: 'pong' | 'engine-log' }>

type Pending = { readonly onSign: (sign: Sign) => void; readonly resolve: (reply: LastReply) => void }

/** `onEnd` hears of every process that ended by itself, after its requests were failed. */
export type LinkDependencies = {
  readonly spawn: () => ChildPort
  readonly timers: Timers
  readonly now: () => Date
  readonly logger: Logger
  readonly timings: Timings
  readonly onEnd: (failure: Failure) => void
}

/** The way to one inference process. */
export class EngineLink {
  readonly #supervisor: Supervisor
  readonly #logger: Logger
  readonly #onEnd: (failure: Failure) => void
  readonly #pending = new Map<number, Pending>()
  #lastId = 0

  constructor(dependencies: LinkDependencies) {
    this.#logger = dependencies.logger
    this.#onEnd = dependencies.onEnd
    this.#supervisor = new Supervisor({
      ...dependencies,
      ping: () => ({ type: 'ping', id: ++this.#lastId }),
      isPong: (message) =>
        typeof message === 'object' && message !== null && 'type' in message && message.type === 'pong',
      onMessage: (message) => this.#receive(message),
      onEnd: (failure) => this.#failAll(failure),
    })
  }

  get running(): boolean {
    return this.#supervisor.running
  }

  /** The process id while it runs; for tests and the doctor. */
  get pid(): number | undefined {
    return this.#supervisor.pid
  }

  start(): Promise<Result<void>> {
    return this.#supervisor.start()
  }

  /** Ends the process; whatever was still asked fails as `engine-crashed`. */
  async stop(): Promise<void> {
    await this.#supervisor.stop()
    this.#settleAll({ code: 'engine-crashed', details: {} })
  }

  /** Sends a request to the running process. When `signal` aborts it is asked to end early and still answers. */
  ask(order: InferenceOrder, signal: AbortSignal, onSign: (sign: Sign) => void = () => undefined): Promise<LastReply> {
    const id = ++this.#lastId
    if (!this.#supervisor.running) return Promise.resolve(ended(id, { code: 'engine-crashed', details: {} }))
    return new Promise((resolve) => {
      const abort = () => {
        this.#supervisor.post({ type: 'abort', id: ++this.#lastId, target: id })
        this.#supervisor.hurry()
      }
      this.#pending.set(id, {
        onSign,
        resolve: (reply) => {
          signal.removeEventListener('abort', abort)
          resolve(reply)
        },
      })
      signal.addEventListener('abort', abort, { once: true })
      this.#supervisor.watch(true)
      this.#supervisor.post({ ...order, id })
      if (signal.aborted) abort()
    })
  }

  #receive(message: unknown): void {
    const parsed = inferenceReply.safeParse(message)
    if (!parsed.success) return this.#logger.error('engine-reply-unreadable', { issues: parsed.error.issues.length })
    const reply = parsed.data
    if (reply.type === 'pong') return
    if (reply.type === 'engine-log') {
      return this.#logger.info('engine-log', { level: reply.level, count: reply.count })
    }
    const pending = this.#pending.get(reply.id)
    if (pending === undefined) return
    if (reply.type === 'loading' || reply.type === 'reading' || reply.type === 'text') return pending.onSign(reply)
    this.#pending.delete(reply.id)
    if (this.#pending.size === 0) this.#supervisor.watch(false)
    pending.resolve(reply)
  }

  #failAll(failure: Failure): void {
    this.#settleAll(failure)
    this.#onEnd(failure)
  }

  #settleAll(failure: Failure): void {
    const pending = [...this.#pending]
    this.#pending.clear()
    for (const [id, { resolve }] of pending) resolve(ended(id, failure))
  }
}

function ended(id: number, failure: Failure): LastReply {
  return { type: 'failed', id, failure }
}
