// Timers that run when the test says so.
import type { Timers } from '../../main/inference/timers.ts'

type Waiting = { readonly at: number; readonly then: () => void }

/** `advance` runs, in order, everything due within so many milliseconds, what that starts included. */
export type FakeTimers = Timers & { readonly waiting: number; advance(milliseconds: number): void }

/** Makes timers that start at 0. */
export function createFakeTimers(): FakeTimers {
  let now = 0
  let waiting: Waiting[] = []
  return {
    get waiting() {
      return waiting.length
    },
    after(milliseconds, then) {
      const entry = { at: now + milliseconds, then }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    advance(milliseconds) {
      const end = now + milliseconds
      for (;;) {
        const next = waiting.toSorted((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        waiting = waiting.filter((other) => other !== next)
        now = next.at
        next.then()
      }
      now = end
    },
  }
}
