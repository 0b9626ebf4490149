// One window's connection: its running calls, their signals, and the frames back.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FramePort, ReplyFrame, RequestFrame } from '#contract/frames.ts'
import type { Failure } from '#contract/failures.ts'
import type { Caller } from '#contract/define.ts'
import { contract, type Method } from '#contract/index.ts'
import { protocolVersion } from '#contract/protocol.ts'
import { assertNever, failureOf, ok, type Result, type Stream } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import { DeltaBatcher, type Schedule } from './deltaBatcher.ts'
import type { EventHub } from './eventHub.ts'
import { faultSite } from './faultSite.ts'
import type { CallContext, Handlers } from './handler.ts'
import { issuesOf, parseRequest } from './requestParser.ts'

/** Why a call's signal was aborted: the caller asked, and still hears how it ended. */
export const cancelled = 'cancelled'

/** Why a call's signal was aborted: nobody is there any more. */
export const disconnected = 'disconnected'

/** What a connection needs; the server makes it. */
export type ConnectionOptions = {
  readonly port: FramePort
  readonly connectionId: string
  readonly caller: Caller
  readonly handlers: Handlers
  readonly events: EventHub
  readonly logger: Logger
  readonly now: () => Date
  readonly schedule: Schedule
  readonly newId: () => string
  readonly checkOutputs: boolean
  readonly onClosed: () => void
}

type AnyCall = (input: unknown, context: CallContext) => Promise<Result<unknown>>
type AnyStream = (input: unknown, context: CallContext) => Stream<unknown>

/** How long items may flow without letting the event loop hear a `cancel`, in milliseconds. */
const turnMilliseconds = 10

/** Serves one port until it closes; a closed port aborts all its calls with `disconnected`. */
export class Connection {
  readonly #options: ConnectionOptions
  readonly #running = new Map<number, AbortController>()
  readonly #unsubscribe: () => void
  #closed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
    options.port.onFrame((text) => this.#receive(text))
    options.port.onClose(() => this.#onPortClosed())
    this.#post({ type: 'hello', protocolVersion })
    this.#unsubscribe = options.events.subscribe((topic, value) => this.#post({ type: 'event', topic, value }))
  }

  /** Closes the port and aborts every call. */
  close(): void {
    if (this.#closed) return
    this.#options.port.close()
    this.#onPortClosed()
  }

  #onPortClosed(): void {
    if (this.#closed) return
    this.#closed = true
    this.#unsubscribe()
    for (const controller of this.#running.values()) controller.abort(disconnected)
    this.#options.onClosed()
  }

  #receive(text: string): void {
    if (this.#closed) return
    const request = parseRequest(text)
    switch (request.kind) {
      case 'frame':
        return this.#obey(request.frame)
      case 'refused':
        if (this.#running.has(request.id)) return this.#refuse('rpc-duplicate-id')
        return this.#fail(request.id, failureOf('invalid-input', { issues: request.issues }))
      case 'nonsense':
        return this.#refuse('rpc-nonsense')
      default:
        return assertNever(request)
    }
  }

  #obey(frame: RequestFrame): void {
    switch (frame.type) {
      case 'cancel':
        return this.#running.get(frame.id)?.abort(cancelled)
      case 'call':
        // An answer to a reused id would reach the wrong caller, so such a client is not served on.
        if (this.#running.has(frame.id)) return this.#refuse('rpc-duplicate-id')
        return void this.#serve(frame.id, frame.method, frame.input)
      default:
        return assertNever(frame)
    }
  }

  #refuse(event: string): void {
    this.#options.logger.warn(event, { connection: this.#options.connectionId })
    this.close()
  }

  async #serve(id: number, method: string, input: unknown): Promise<void> {
    if (!isMethod(method)) return this.#fail(id, failureOf('unknown-method', { method }))
    if (contract[method].reach === 'command-line' && this.#options.caller !== 'command-line') {
      this.#options.logger.warn('rpc-out-of-reach', { method, connection: this.#options.connectionId })
      return this.#fail(id, failureOf('command-line-only', { method }))
    }
    const parsed = contract[method].input.safeParse(input)
    if (!parsed.success) return this.#fail(id, failureOf('invalid-input', { issues: issuesOf(parsed.error) }))
    const controller = new AbortController()
    this.#running.set(id, controller)
    const startedAt = this.#milliseconds()
    const result = await this.#answer(id, method, parsed.data, {
      signal: controller.signal,
      connectionId: this.#options.connectionId,
    })
    this.#running.delete(id)
    this.#options.logger.info('rpc-answered', {
      method,
      milliseconds: this.#milliseconds() - startedAt,
      outcome: result.ok ? 'ok' : result.failure.code,
    })
    if (!result.ok) this.#fail(id, result.failure)
  }

  /** Runs a handler and posts what it gives; what it throws becomes `internal`. */
  async #answer(id: number, method: Method, input: unknown, context: CallContext): Promise<Result<void>> {
    try {
      const handler = this.#options.handlers[method]
      if (contract[method].kind === 'call') {
        const answer = handler as unknown as AnyCall // as: the contract says this method is a call
        return await this.#answerCall(id, method, await answer(input, context))
      }
      const open = handler as unknown as AnyStream // as: the contract says this method is a stream
      return await this.#pump(id, method, open(input, context))
    } catch (error) {
      const faultId = this.#options.newId()
      this.#options.logger.error('rpc-internal', { id: faultId, method, ...faultSite(error) })
      return { ok: false, failure: failureOf('internal', { id: faultId }) }
    }
  }

  async #answerCall(id: number, method: Method, result: Result<unknown>): Promise<Result<void>> {
    if (!result.ok) return result
    this.#check(method, result.value)
    this.#post({ type: 'done', id, value: result.value })
    return ok(undefined)
  }

  async #pump(id: number, method: Method, stream: Stream<unknown>): Promise<Result<void>> {
    let seq = 0
    const batcher = new DeltaBatcher({
      post: (value) => this.#post({ type: 'item', id, seq: seq++, value }),
      now: () => this.#milliseconds(),
      schedule: this.#options.schedule,
    })
    const result = await this.#drain(method, stream, batcher).finally(() => batcher.flush())
    if (result.ok) this.#post({ type: 'done', id })
    return result
  }

  async #drain(method: Method, stream: Stream<unknown>, batcher: DeltaBatcher): Promise<Result<void>> {
    let turnStartedAt = this.#milliseconds()
    for (;;) {
      const step = await stream.next()
      if (step.done === true) return step.value
      if (this.#closed) {
        await stream.return(ok(undefined))
        return ok(undefined)
      }
      this.#check(method, step.value)
      batcher.add(step.value)
      if (this.#milliseconds() - turnStartedAt >= turnMilliseconds) {
        await nextTurn()
        turnStartedAt = this.#milliseconds()
      }
    }
  }

  #check(method: Method, value: unknown): void {
    if (!this.#options.checkOutputs) return
    const shape = contract[method]
    if (shape.kind === 'call') shape.output.parse(value)
    else shape.item.parse(value)
  }

  #fail(id: number, failure: Failure): void {
    this.#post({ type: 'fail', id, failure })
  }

  #post(frame: ReplyFrame): void {
    if (!this.#closed) this.#options.port.post(JSON.stringify(frame))
  }

  #milliseconds(): number {
    return this.#options.now().getTime()
  }
}

function isMethod(method: string): method is Method {
  return Object.hasOwn(contract, method)
}
