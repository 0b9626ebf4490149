// Answers the contract on any number of ports: hello, calls, streams, cancel, events.
import { randomUUID } from 'node:crypto'
import type { Caller } from '#contract/define.ts'
import type { FramePort } from '#contract/frames.ts'
import type { Announce } from '#contract/index.ts'
import type { Logger } from '../host.ts'
import { Connection } from './connection.ts'
import type { Schedule } from './deltaBatcher.ts'
import { EventHub } from './eventHub.ts'
import type { Handlers } from './handler.ts'

/**
 * What the server needs. `events` is given when services announce before the server exists; `checkOutputs` parses
 * whatever handlers and services give (tests), so a wrong shape shows as `internal`.
 */
export type RpcServerOptions = {
  readonly handlers: Handlers
  readonly logger: Logger
  readonly now: () => Date
  readonly events?: EventHub
  readonly schedule?: Schedule
  readonly newId?: () => string
  readonly checkOutputs?: boolean
}

/** Serves ports until `close`. Never drops a frame; a throw in a handler is logged by id and answered `internal`. */
export class RpcServer {
  readonly #options: RpcServerOptions
  readonly #events: EventHub
  readonly #connections = new Set<Connection>()
  /** Tells every attached port. */
  readonly announce: Announce

  constructor(options: RpcServerOptions) {
    this.#options = options
    this.#events = options.events ?? new EventHub()
    this.announce = this.#events.announce
  }

  /** Serves a port from now on, as a window unless its host says otherwise; its closing aborts what it asked for. */
  attach(port: FramePort, caller: Caller = 'window'): void {
    const newId = this.#options.newId ?? randomUUID
    const connection: Connection = new Connection({
      port,
      connectionId: newId(),
      caller,
      handlers: this.#options.handlers,
      events: this.#events,
      logger: this.#options.logger,
      now: this.#options.now,
      schedule: this.#options.schedule ?? scheduleTimer,
      newId,
      checkOutputs: this.#options.checkOutputs ?? false,
      onClosed: () => this.#connections.delete(connection),
    })
    this.#connections.add(connection)
  }

  /** Closes every port. */
  close(): void {
    for (const connection of [...this.#connections]) connection.close()
  }
}

function scheduleTimer(callback: () => void, milliseconds: number): () => void {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}
