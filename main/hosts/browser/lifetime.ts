// When the browser host ends by itself: with its last window, but never in the middle of work.

/** Milliseconds a host outlives its last window: long enough to load the page again. */
export const reloadMs = 4_000

/** How often a host without windows asks whether its work is done, in milliseconds. */
export const busyCheckMs = 1_000

/** What the rule is made from; `after` answers a function that cancels. */
export type LifetimeDeps = {
  readonly after: (milliseconds: number, then: () => void) => () => void
  /** True while a job runs or an answer is being written. */
  readonly busy: () => Promise<boolean>
  /** Called when work goes on without a window, once each time. */
  readonly onWorkingAlone: () => void
  /** Called once, when there is neither window nor work. */
  readonly onEnd: () => void
}

/** Hears how many windows are open. Before the first window it waits for ever: someone may still type the address. */
export class Lifetime {
  readonly #deps: LifetimeDeps
  #open = 0
  #cancel: () => void = () => undefined
  #told = false
  #over = false

  constructor(deps: LifetimeDeps) {
    this.#deps = deps
  }

  /** The number of windows now open, at every change. */
  windows(open: number): void {
    this.#cancel()
    this.#open = open
    this.#told = false
    if (open === 0 && !this.#over) this.#checkAfter(reloadMs)
  }

  /** Nothing happens any more. Safe to repeat. */
  close(): void {
    this.#over = true
    this.#cancel()
  }

  #checkAfter(milliseconds: number): void {
    this.#cancel = this.#deps.after(milliseconds, () => void this.#check())
  }

  async #check(): Promise<void> {
    const busy = await this.#deps.busy()
    // A window may have come while we asked.
    if (this.#open > 0 || this.#over) return
    if (!busy) {
      this.#over = true
      return this.#deps.onEnd()
    }
    if (!this.#told) this.#deps.onWorkingAlone()
    this.#told = true
    this.#checkAfter(busyCheckMs)
  }
}
