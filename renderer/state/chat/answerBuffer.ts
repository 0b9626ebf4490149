// Collects what streams bring and hands it on at most once per animation frame.
import type { LiveAnswer, Reading } from './chatState.ts'

/** Runs a callback before the next paint. */
export type NextFrame = (callback: () => void) => void

/** What changed since the last frame: answers as they now are, null for those that are over. */
export type LiveChanges = ReadonlyMap<string, LiveAnswer | null>

/** Growing answers by message id. Text is appended to one buffer per answer; nothing else is copied. */
export class AnswerBuffer {
  readonly #nextFrame: NextFrame
  readonly #publish: (changes: LiveChanges) => void
  readonly #answers = new Map<string, LiveAnswer>()
  readonly #changed = new Set<string>()
  #scheduled = false

  constructor(deps: { readonly nextFrame: NextFrame; readonly publish: (changes: LiveChanges) => void }) {
    this.#nextFrame = deps.nextFrame
    this.#publish = deps.publish
  }

  /** Begins an answer, or sets all of its text so far. */
  replace(messageId: string, text: string): void {
    this.#keep(messageId, { text, reading: null })
  }

  /** Adds to an answer; one that is over stays over. */
  append(messageId: string, delta: string): void {
    const answer = this.#answers.get(messageId)
    if (answer !== undefined) this.#keep(messageId, { text: answer.text + delta, reading: null })
  }

  /** How far the model has read before it writes. */
  read(messageId: string, reading: Reading): void {
    const answer = this.#answers.get(messageId)
    if (answer !== undefined) this.#keep(messageId, { ...answer, reading })
  }

  /** Forgets an answer: its message now has the whole text. Returns at once, so both change in the same turn. */
  end(messageId: string): void {
    if (!this.#answers.delete(messageId)) return
    this.#changed.add(messageId)
    this.flush()
  }

  /** Whether an answer is being collected. */
  has(messageId: string): boolean {
    return this.#answers.has(messageId)
  }

  /** Hands on what changed, now. */
  flush(): void {
    if (this.#changed.size === 0) return
    const changes = new Map([...this.#changed].map((id) => [id, this.#answers.get(id) ?? null] as const))
    this.#changed.clear()
    this.#publish(changes)
  }

  #keep(messageId: string, answer: LiveAnswer): void {
    this.#answers.set(messageId, answer)
    this.#changed.add(messageId)
    if (this.#scheduled) return
    this.#scheduled = true
    this.#nextFrame(() => {
      this.#scheduled = false
      this.flush()
    })
  }
}
