// Counts who uses the loaded model, and frees it when nobody has for a while.
import type { Timers } from './timers.ts'

/** `begun` and `quiet` hear when somebody comes and when the last one left; `idle` when nobody came for so long. */
export type SessionListener = {
  readonly begun: () => void
  readonly quiet: () => void
  readonly idle: () => void
}

/** The sessions with the engine that are open now. */
export class OpenSessions {
  readonly #timers: Timers
  readonly #idleMilliseconds: number
  readonly #listener: SessionListener
  #open = 0
  #closed = false
  readonly #drained: (() => void)[] = []
  #cancelIdle: (() => void) | null = null

  constructor(timers: Timers, idleMilliseconds: number, listener: SessionListener) {
    this.#timers = timers
    this.#idleMilliseconds = idleMilliseconds
    this.#listener = listener
  }

  get none(): boolean {
    return this.#open === 0
  }

  begin(): void {
    this.#open++
    this.rest()
    this.#listener.begun()
  }

  leave(): void {
    this.#open--
    if (this.#open > 0) return
    for (const resolve of this.#drained.splice(0)) resolve()
    if (this.#open > 0 || this.#closed) return
    this.#listener.quiet()
    this.#cancelIdle = this.#timers.after(this.#idleMilliseconds, () => {
      this.#cancelIdle = null
      this.#listener.idle()
    })
  }

  /** Forgets the idle time that has begun. */
  rest(): void {
    this.#cancelIdle?.()
    this.#cancelIdle = null
  }

  /** No time runs any more, whoever leaves. */
  close(): void {
    this.#closed = true
    this.rest()
  }

  /** Waits until nobody uses the loaded model. */
  async drain(): Promise<void> {
    while (this.#open > 0) await new Promise<void>((resolve) => this.#drained.push(resolve))
  }
}
