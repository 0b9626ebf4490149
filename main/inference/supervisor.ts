// Keeps one child process alive and honest: starts it, restarts it with back-off, ends it when it hangs.
import type { Failure } from '#contract/failures.ts'
import { fail, failureOf, ok, type Result } from '#contract/result.ts'
import type { ChildPort, Logger } from '../host.ts'
import { restartPolicy, restartWait, type RestartPolicy } from './logic/restartBudget.ts'
import type { Timers } from './timers.ts'

/**
 * When a child counts as hung. Milliseconds; `quiet` is work without any sign of progress, `deafAfter` silence once
 * somebody waits for it to stop.
 */
export type Timings = {
  readonly pingEvery: number
  readonly hungAfter: number
  readonly deafAfter: number
  readonly quiet: number
  readonly restarts: RestartPolicy
}

/** A child that cannot answer a ping for 20 seconds, or works ten minutes without a token (a large model from a slow disk), hangs. */
export const defaultTimings: Timings = {
  pingEvery: 2000,
  hungAfter: 20_000,
  deafAfter: 4000,
  quiet: 600_000,
  restarts: restartPolicy,
}

/** `onMessage` gets everything but answered pings; `onEnd` is told once per child that ended without being asked to. */
export type SupervisorDependencies = {
  readonly spawn: () => ChildPort
  readonly timers: Timers
  readonly now: () => Date
  readonly logger: Logger
  readonly timings: Timings
  readonly ping: () => unknown
  readonly isPong: (message: unknown) => boolean
  readonly onMessage: (message: unknown) => void
  readonly onEnd: (failure: Failure) => void
}

type Child = { readonly port: ChildPort; readonly ended: Promise<void>; verdict: Failure | 'asked' | null }

/** One supervised child, or none. */
export class Supervisor {
  readonly #dependencies: SupervisorDependencies
  #child: Child | null = null
  #starting: Promise<Result<void>> | null = null
  #restarts: number[] = []
  #failedBefore = false
  #cancelTick: (() => void) | null = null
  #cancelHurry: (() => void) | null = null
  #unanswered = 0
  #quietTicks = 0

  constructor(dependencies: SupervisorDependencies) {
    this.#dependencies = dependencies
  }

  get running(): boolean {
    return this.#child !== null
  }

  get pid(): number | undefined {
    return this.#child?.port.pid
  }

  /** Starts the child unless it runs. Fails with `engine-unavailable` after too many restarts; later it may try again. */
  start(): Promise<Result<void>> {
    if (this.#child !== null) return Promise.resolve(ok(undefined))
    this.#starting ??= this.#start().finally(() => (this.#starting = null))
    return this.#starting
  }

  /** Sends a message to the running child; without one it is dropped, `onEnd` has told. */
  post(message: unknown): void {
    this.#child?.port.post(message)
  }

  /** Turns the watch on while the child has work, and off while it has none. */
  watch(on: boolean): void {
    if (!on) {
      this.#cancelTick?.()
      this.#cancelTick = null
      return
    }
    if (this.#cancelTick !== null) return
    this.#unanswered = 0
    this.#quietTicks = 0
    this.#schedule()
  }

  /** Somebody waits for work to stop: a child that gives no sign at all for `deafAfter` is ended, not waited for. */
  hurry(): void {
    const child = this.#child
    if (child === null || this.#cancelHurry !== null) return
    const { timers, timings, ping } = this.#dependencies
    child.port.post(ping())
    this.#cancelHurry = timers.after(timings.deafAfter, () => {
      this.#cancelHurry = null
      if (child === this.#child) this.#endHung(child, timings.deafAfter)
    })
  }

  /** Ends the child and waits until it is gone. */
  async stop(): Promise<void> {
    await this.#starting
    const child = this.#child
    if (child === null) return
    child.verdict ??= 'asked'
    child.port.kill()
    await child.ended
  }

  async #start(): Promise<Result<void>> {
    const { now, timings, logger } = this.#dependencies
    if (this.#failedBefore) {
      const { restarts, windowMilliseconds } = timings.restarts
      const wait = restartWait(this.#restarts, now().getTime(), timings.restarts)
      if (wait === null)
        return fail('engine-unavailable', { restarts, minutes: Math.round(windowMilliseconds / 60_000) })
      if (wait > 0) await this.#pause(wait)
      this.#restarts = [...this.#restarts.slice(1 - restarts), now().getTime()]
      this.#failedBefore = false
    }
    this.#child = this.#spawn()
    logger.info('engine-started', { restarts: this.#restarts.length })
    return ok(undefined)
  }

  #spawn(): Child {
    const port = this.#dependencies.spawn()
    const { promise, resolve } = Promise.withResolvers<void>()
    const child: Child = { port, ended: promise, verdict: null }
    port.onMessage((message) => this.#receive(child, message))
    port.onExit((exit) => {
      this.#ended(child, exit.code, exit.signal)
      resolve()
    })
    return child
  }

  #receive(child: Child, message: unknown): void {
    if (child !== this.#child) return
    this.#calm()
    if (this.#dependencies.isPong(message)) {
      this.#unanswered = 0
      return
    }
    this.#quietTicks = 0
    this.#dependencies.onMessage(message)
  }

  #ended(child: Child, code: number | null, signal: string | null): void {
    if (child !== this.#child) return
    this.#child = null
    this.watch(false)
    this.#calm()
    if (child.verdict === 'asked') return
    this.#failedBefore = true
    const failure = child.verdict ?? failureOf('engine-crashed', {})
    this.#dependencies.logger.warn('engine-ended', { failure: failure.code, code, signal })
    this.#dependencies.onEnd(failure)
  }

  #schedule(): void {
    this.#cancelTick = this.#dependencies.timers.after(this.#dependencies.timings.pingEvery, () => this.#tick())
  }

  /** Counts pings instead of reading the clock: after the computer slept, the child gets its full time. */
  #tick(): void {
    const { pingEvery, hungAfter, quiet } = this.#dependencies.timings
    const child = this.#child
    if (child === null) return
    const silent = this.#unanswered * pingEvery >= hungAfter ? hungAfter : 0
    const idle = this.#quietTicks * pingEvery >= quiet ? quiet : 0
    if (silent > 0 || idle > 0) {
      this.#cancelTick = null
      return this.#endHung(child, Math.max(silent, idle))
    }
    this.#unanswered++
    this.#quietTicks++
    child.port.post(this.#dependencies.ping())
    this.#schedule()
  }

  #endHung(child: Child, milliseconds: number): void {
    child.verdict ??= failureOf('engine-hung', { seconds: Math.round(milliseconds / 1000) })
    child.port.kill()
  }

  #calm(): void {
    this.#cancelHurry?.()
    this.#cancelHurry = null
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#dependencies.timers.after(milliseconds, resolve)
    })
  }
}
