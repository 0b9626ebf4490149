// Events on their way to every open window.
import type { Announce } from '#contract/index.ts'

/** Carries events from services to connections; made before either, so both can be given it. */
export class EventHub {
  readonly #listeners = new Set<(topic: string, value: unknown) => void>()

  /** Tells every connection. */
  readonly announce: Announce = (topic, value) => {
    for (const listener of this.#listeners) listener(topic, value)
  }

  /** Adds a connection; the answer removes it. */
  subscribe(listener: (topic: string, value: unknown) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
