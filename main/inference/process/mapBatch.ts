// Puts map steps into full batches: prompts are read one after the other, answers are written in step.

type Writer = { waiting: (() => void) | null }

/** Waits until it is this answer's turn for a token, or until it is stopped. */
export type Together = (signal: AbortSignal) => Promise<void>

/**
 * The order of map work on one context. A prompt fills its batches alone, so prompts gain nothing side by side; answers
 * gain only when every sequence has its token in the batch, and the engine sends a batch off with whoever is there. So
 * one step reads at a time, nobody writes meanwhile, and writers go token by token, all of them or none.
 */
export class MapBatch {
  #readers = 0
  #reading: Promise<void> = Promise.resolve()
  readonly #writers = new Set<Writer>()

  /** Runs `work`, which reads a prompt, when no other does; at once when `signal` aborts, for it to end by itself. */
  async read<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const before = this.#reading
    const { promise: done, resolve: finish } = Promise.withResolvers<void>()
    this.#reading = before.then(() => done)
    this.#readers++
    try {
      await orAborted(before, signal)
      return await work()
    } finally {
      finish()
      this.#readers--
      this.#go()
    }
  }

  /** Runs `work`, which writes an answer and awaits `together` before every token. */
  async write<T>(work: (together: Together) => Promise<T>): Promise<T> {
    const writer: Writer = { waiting: null }
    this.#writers.add(writer)
    try {
      return await work((signal) => this.#together(writer, signal))
    } finally {
      this.#writers.delete(writer)
      this.#go()
    }
  }

  async #together(writer: Writer, signal: AbortSignal): Promise<void> {
    const turn = new Promise<void>((resolve) => (writer.waiting = resolve))
    this.#go()
    await orAborted(turn, signal)
    writer.waiting = null
  }

  /** Lets all writers go once they are all here and nobody reads. */
  #go(): void {
    if (this.#readers > 0 || [...this.#writers].some(({ waiting }) => waiting === null)) return
    for (const writer of this.#writers) {
      writer.waiting?.()
      writer.waiting = null
    }
  }
}

function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const go = () => {
      signal.removeEventListener('abort', go)
      resolve()
    }
    signal.addEventListener('abort', go, { once: true })
    void promise.then(go)
  })
}
