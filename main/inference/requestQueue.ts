// Who may speak to the engine now: chats first and one at a time, map steps as many as there are sequences for.
import type { Lane } from './localGenerator.ts'

type Kind = Lane['kind']
type Waiting = { readonly kind: Kind; readonly admit: () => void }

/** Ends a turn; safe to call twice. */
export type Release = () => void

/** Admits requests in order within their kind; while a chat waits or runs, no further map step begins. */
export class RequestQueue {
  #waiting: Waiting[] = []
  readonly #active: Record<Kind, number> = { chat: 0, map: 0 }
  #mapAtOnce = 1

  /** Lets so many map steps run at once from now on. */
  allow(mapAtOnce: number): void {
    this.#mapAtOnce = mapAtOnce
    this.#admit()
  }

  /** Waits for a turn; null when `signal` aborted first. */
  async enter(kind: Kind, signal: AbortSignal): Promise<Release | null> {
    if (signal.aborted) return null
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const entry: Waiting = { kind, admit: () => resolve(true) }
    const leave = () => {
      this.#waiting = this.#waiting.filter((waiting) => waiting !== entry)
      resolve(false)
    }
    signal.addEventListener('abort', leave, { once: true })
    this.#waiting.push(entry)
    this.#admit()
    const admitted = await promise
    signal.removeEventListener('abort', leave)
    if (!admitted) {
      // A chat that gave up may have held map steps back.
      this.#admit()
      return null
    }
    return this.#releaseOf(kind)
  }

  #releaseOf(kind: Kind): Release {
    let released = false
    return () => {
      if (released) return
      released = true
      this.#active[kind]--
      this.#admit()
    }
  }

  #admit(): void {
    for (;;) {
      const next = this.#next()
      if (next === undefined) return
      this.#waiting = this.#waiting.filter((waiting) => waiting !== next)
      this.#active[next.kind]++
      next.admit()
    }
  }

  #next(): Waiting | undefined {
    const chat = this.#waiting.find(({ kind }) => kind === 'chat')
    if (chat !== undefined) return this.#active.chat < 1 ? chat : undefined
    if (this.#active.chat > 0 || this.#active.map >= this.#mapAtOnce) return undefined
    return this.#waiting[0]
  }
}
