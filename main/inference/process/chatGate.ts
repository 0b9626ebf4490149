// Lets a live chat go first: map work waits here between slices and between tokens.

/** Counts live chats; `pass` waits until there is none. */
export class ChatGate {
  #live = 0
  #waiting: (() => void)[] = []

  /** A chat begins; the returned function ends it, once. */
  enter(): () => void {
    this.#live++
    let left = false
    return () => {
      if (left) return
      left = true
      this.#live--
      if (this.#live > 0) return
      const waiting = this.#waiting
      this.#waiting = []
      for (const go of waiting) go()
    }
  }

  /** Resolves when no chat is live, or at once when `signal` aborts, so that stopping never waits for a chat. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.#live > 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const go = () => {
          signal.removeEventListener('abort', go)
          resolve()
        }
        signal.addEventListener('abort', go, { once: true })
        this.#waiting.push(go)
      })
    }
  }
}
