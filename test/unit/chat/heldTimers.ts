// Time that passes only when a test says so.
import type { Timers } from '../../../main/chat/timers.ts'

/** Timers moved by `advance`. */
export class HeldTimers implements Timers {
  #now = 0
  #due: { at: number; callback: () => void }[] = []

  readonly after = (milliseconds: number, callback: () => void): (() => void) => {
    const entry = { at: this.#now + milliseconds, callback }
    this.#due.push(entry)
    return () => {
      this.#due = this.#due.filter((other) => other !== entry)
    }
  }

  /** Lets time pass and calls what falls due, in order. */
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds
    for (;;) {
      const next = this.#due.filter((entry) => entry.at <= until).sort((one, other) => one.at - other.at)[0]
      if (next === undefined) break
      this.#due = this.#due.filter((entry) => entry !== next)
      this.#now = next.at
      next.callback()
    }
    this.#now = until
  }

  /** How many callbacks wait. */
  get waiting(): number {
    return this.#due.length
  }
}
