// One answer while it is being written: what it has so far, who follows it, and the ways to end it.
import type { AnswerItem } from '#contract/chat.ts'
import type { Result } from '#contract/result.ts'
import type { Timers } from './timers.ts'

/** The stored ids of a turn; the person's message is null when it was there before (regenerate). */
export type AcceptedIds = { readonly personMessageId: string | null; readonly answerMessageId: string }

/** The last item of an answer. */
export type FinishedItem = Extract<AnswerItem, { type: 'finished' }>

/** How far the prompt is read, in tokens. */
export type Reading = { readonly evaluatedTokens: number; readonly totalTokens: number }

/** How a follower left: its window is gone, or it no longer looks. */
export type Departure = 'disconnected' | 'left'

/** How long an answer goes on when the window of its last follower is gone, in milliseconds. */
export const graceMilliseconds = 30_000

/**
 * Owned by the chat service, not by a window. `stopping` is the signal generation obeys; `cancelling` also ends the
 * work before the person's message is stored (only the person's own Stop does that; another message of theirs does not).
 */
export class AnswerRun {
  readonly conversationId: string
  readonly done: Promise<void>
  readonly #timers: Timers
  readonly #cancelling = new AbortController()
  readonly #stopping = new AbortController()
  readonly #waiting = new Set<() => void>()
  #resolveDone: () => void = () => undefined
  #accepted: AcceptedIds | null = null
  #reading: Reading | null = null
  #text = ''
  #ending: Result<FinishedItem> | null = null
  #followers = 0
  #endGrace: () => void = () => undefined

  constructor(conversationId: string, timers: Timers) {
    this.conversationId = conversationId
    this.#timers = timers
    this.done = new Promise((resolve) => (this.#resolveDone = resolve))
  }

  get cancelling(): AbortSignal {
    return this.#cancelling.signal
  }

  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  get accepted(): AcceptedIds | null {
    return this.#accepted
  }

  get reading(): Reading | null {
    return this.#reading
  }

  get text(): string {
    return this.#text
  }

  get ending(): Result<FinishedItem> | null {
    return this.#ending
  }

  /** The turn is stored. */
  accept(ids: AcceptedIds): void {
    this.#accepted = ids
    this.wake()
  }

  /** The prompt is read so far. */
  read(reading: Reading): void {
    this.#reading = reading
    this.wake()
  }

  /** The model wrote on. */
  write(delta: string): void {
    this.#text += delta
    this.wake()
  }

  /** It is over; followers get what is left and then this. */
  end(ending: Result<FinishedItem>): void {
    this.#ending = ending
    this.#endGrace()
    this.wake()
    this.#resolveDone()
  }

  /** Stops at the person's word; before the turn is stored, nothing of it will be. */
  stop(): void {
    this.#cancelling.abort('cancelled')
    this.#stopping.abort('cancelled')
  }

  /** Makes way for another turn of the conversation: the person's message is still stored, the answer stops. */
  supersede(): void {
    this.#stopping.abort('cancelled')
  }

  /** Someone follows from now on; whoever joins leaves. */
  join(): void {
    this.#followers += 1
    this.#endGrace()
  }

  /** A follower is gone. With the last one's window gone, the answer stops after a grace unless someone joins. */
  leave(departure: Departure): void {
    this.#followers -= 1
    if (departure === 'left' || this.#followers > 0 || this.#ending !== null) return
    this.#endGrace = this.#timers.after(graceMilliseconds, () => this.supersede())
  }

  /** Resolves at the next change, or when the signal fires (at once when it has). */
  change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(settle)
        signal.removeEventListener('abort', settle)
        resolve()
      }
      this.#waiting.add(settle)
      signal.addEventListener('abort', settle)
      if (signal.aborted) settle()
    })
  }

  /** Lets everyone waiting for a change look again. */
  wake(): void {
    for (const settle of [...this.#waiting]) settle()
  }
}
