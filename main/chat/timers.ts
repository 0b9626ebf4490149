// Time as chat uses it, so that tests can hold it still.

/** Runs a callback once after so many milliseconds; the returned function takes it back and is safe to repeat. */
export type Timers = { readonly after: (milliseconds: number, callback: () => void) => () => void }

/** The timers of this process; none of them keeps it alive. */
export const processTimers: Timers = {
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
