// The one typed client of the contract, over any port: the window, the CLI and the contract suite all use it.
import type { Failure } from '#contract/failures.ts'
import type { FramePort, ReplyFrame, RequestFrame } from '#contract/frames.ts'
import type { CallMethod, EventValue, Input, Item, Output, StreamMethod, Topic } from '#contract/index.ts'
import { maxFrameCharacters, protocolVersion } from '#contract/protocol.ts'
import { assertNever, failureOf, type Result, type Stream } from '#contract/result.ts'
import { ItemQueue } from './itemQueue.ts'

/** An aborted signal sends `cancel`; the answer still comes, because stopping is an outcome. */
export type CallOptions = { readonly signal?: AbortSignal }

/**
 * Asks, listens and hears events. Nothing rejects: a cut connection is the failure `disconnected`, another version of
 * the app `protocol-mismatch`. A stream begins when it is asked for; leaving it early cancels it.
 */
export type Client = {
  call<M extends CallMethod>(method: M, input: Input<M>, options?: CallOptions): Promise<Result<Output<M>>>
  stream<M extends StreamMethod>(method: M, input: Input<M>, options?: CallOptions): Stream<Item<M>>
  /** Hears an event until the answer is called. */
  on<T extends Topic>(topic: T, listener: (value: EventValue<T>) => void): () => void
  /** Resolves once the connection is gone. */
  readonly closed: Promise<void>
  close(): void
}

/** Someone waiting for the frames of one id. */
type Waiter = { item(value: unknown): void; end(result: Result<unknown>): void }

type Listener = (value: never) => void

/** Makes a client; call it in the same turn the port is received. */
export function createClient(port: FramePort): Client {
  const connection = new ClientConnection(port)
  return {
    call: (method, input, options) => connection.call(method, input, options?.signal) as never, // as: main answers by contract
    stream: (method, input, options) => connection.stream(method, input, options?.signal) as never, // as: main answers by contract
    on: (topic, listener) => connection.on(topic, listener),
    closed: connection.closed,
    close: () => connection.close(),
  }
}

class ClientConnection {
  readonly closed: Promise<void>
  readonly #port: FramePort
  readonly #waiters = new Map<number, Waiter>()
  readonly #listeners = new Map<string, Set<Listener>>()
  /** Frames asked for before `hello`; null once it came. */
  #unsent: string[] | null = []
  #ended: Failure | null = null
  #nextId = 0
  #resolveClosed: () => void = () => undefined

  constructor(port: FramePort) {
    this.#port = port
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
    port.onFrame((text) => this.#receive(text))
    port.onClose(() => this.#end(failureOf('disconnected', {})))
  }

  call(method: string, input: unknown, signal?: AbortSignal): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      this.#begin(method, input, signal, { item: () => undefined, end: resolve })
    })
  }

  stream(method: string, input: unknown, signal?: AbortSignal): Stream<unknown> {
    const queue = new ItemQueue<unknown>(() => leave())
    const leave = this.#begin(method, input, signal, {
      item: (value) => queue.put(value),
      end: (result) => queue.end(result.ok ? { ok: true, value: undefined } : result),
    })
    return queue
  }

  on(topic: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners.add(listener))
    return () => listeners.delete(listener)
  }

  close(): void {
    this.#port.close()
    this.#end(failureOf('disconnected', {}))
  }

  /** Sends a call; the answer leaves it: cancels, and hears no more. */
  #begin(method: string, input: unknown, signal: AbortSignal | undefined, waiter: Waiter): () => void {
    if (this.#ended !== null) {
      waiter.end({ ok: false, failure: this.#ended })
      return () => undefined
    }
    const id = this.#nextId++
    const text = encode({ type: 'call', id, method, input })
    if (text.length > maxFrameCharacters) {
      const issues = [`longer than ${maxFrameCharacters} characters`]
      waiter.end({ ok: false, failure: failureOf('invalid-input', { issues }) })
      return () => undefined
    }
    const cancel = () => {
      if (this.#waiters.has(id)) this.#send(encode({ type: 'cancel', id }))
    }
    this.#waiters.set(id, {
      item: waiter.item,
      end: (result) => {
        signal?.removeEventListener('abort', cancel)
        waiter.end(result)
      },
    })
    this.#send(text)
    if (signal?.aborted === true) cancel()
    else signal?.addEventListener('abort', cancel)
    return () => {
      cancel()
      signal?.removeEventListener('abort', cancel)
      this.#waiters.delete(id)
    }
  }

  #send(text: string): void {
    if (this.#unsent === null) this.#port.post(text)
    else this.#unsent.push(text)
  }

  #receive(text: string): void {
    if (this.#ended !== null) return
    const frame = JSON.parse(text) as ReplyFrame // as: frames from our own main process are trusted
    if (this.#unsent !== null) return this.#greet(frame)
    switch (frame.type) {
      case 'item':
        return this.#waiters.get(frame.id)?.item(frame.value)
      case 'done':
        return this.#finish(frame.id, { ok: true, value: frame.value })
      case 'fail':
        return this.#finish(frame.id, { ok: false, failure: frame.failure })
      case 'event':
        for (const listener of [...(this.#listeners.get(frame.topic) ?? [])]) listener(frame.value as never) // as: main announces by contract
        return
      case 'hello':
        return
      default:
        return assertNever(frame)
    }
  }

  #greet(frame: ReplyFrame): void {
    const found = frame.type === 'hello' ? frame.protocolVersion : 0
    if (found !== protocolVersion) {
      this.#end(failureOf('protocol-mismatch', { expected: protocolVersion, found }))
      this.#port.close()
      return
    }
    const unsent = this.#unsent ?? []
    this.#unsent = null
    for (const text of unsent) this.#port.post(text)
  }

  #finish(id: number, result: Result<unknown>): void {
    const waiter = this.#waiters.get(id)
    this.#waiters.delete(id)
    waiter?.end(result)
  }

  #end(failure: Failure): void {
    if (this.#ended !== null) return
    this.#ended = failure
    const waiters = [...this.#waiters.values()]
    this.#waiters.clear()
    for (const waiter of waiters) waiter.end({ ok: false, failure })
    this.#resolveClosed()
  }
}

function encode(frame: RequestFrame): string {
  return JSON.stringify(frame)
}
