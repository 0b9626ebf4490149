// Waiting, as a dependency, so that tests need no clock.

/** `after` runs `then` once after so many milliseconds; the returned function cancels it. */
export type Timers = { after(milliseconds: number, then: () => void): () => void }

/** The real ones. */
export const systemTimers: Timers = {
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds)
    return () => clearTimeout(timer)
  },
}
