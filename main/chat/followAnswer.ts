// An answer as one window's stream: what is there at once, then deltas at a readable pace, then how it ended.
import type { AnswerItem } from '#contract/chat.ts'
import { fail, ok, type Stream } from '#contract/result.ts'
import type { AnswerRun, Departure, Reading } from './answerRun.ts'
import type { Timers } from './timers.ts'

/** The least time between two text items, and between two reading items, of one stream, in milliseconds. */
export const paceMilliseconds = 1000 / 30

/** The reason rpc gives when the window is gone. */
const disconnected = 'disconnected'

/** `opener` is who sent the turn: hears `accepted`, and its cancelling stops the answer. `onlooker` re-attached. */
export type FollowOptions = {
  readonly as: 'opener' | 'onlooker'
  readonly signal: AbortSignal
  readonly timers: Timers
}

/**
 * Follows an answer to its end. An onlooker first gets one `text` item with all so far, even when that is nothing yet;
 * its cancelling only ends the following. When the window is gone the stream ends with `disconnected` and the answer
 * goes on for a while.
 */
export async function* followAnswer(run: AnswerRun, options: FollowOptions): Stream<AnswerItem> {
  const { as, signal } = options
  let departure: Departure = 'disconnected'
  const onAbort = () => {
    if (as === 'opener' && signal.reason !== disconnected) run.stop()
  }
  const position = new FollowerPosition(run, options)
  signal.addEventListener('abort', onAbort)
  run.join()
  try {
    if (signal.aborted) onAbort()
    for (;;) {
      if (signal.aborted && signal.reason === disconnected) return fail('disconnected', {})
      if (signal.aborted && as === 'onlooker') {
        departure = 'left'
        return ok(undefined)
      }
      const item = position.next()
      if (item !== null) yield item
      else if (run.ending === null || position.behind()) await run.change(position.waitSignal())
      else {
        departure = 'left'
        if (!run.ending.ok) return run.ending
        yield run.ending.value
        return ok(undefined)
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    position.dispose()
    run.leave(departure)
  }
}

/** How much of an answer one follower has had. */
class FollowerPosition {
  readonly #run: AnswerRun
  readonly #options: FollowOptions
  readonly #textPace: Pace
  readonly #readingPace: Pace
  readonly #forever = new AbortController()
  #accepted: boolean
  #opening: boolean
  #characters = 0
  #reading: Reading | null = null

  constructor(run: AnswerRun, options: FollowOptions) {
    this.#run = run
    this.#options = options
    this.#accepted = options.as === 'onlooker'
    this.#opening = options.as === 'onlooker'
    this.#textPace = new Pace(options.timers, () => run.wake())
    this.#readingPace = new Pace(options.timers, () => run.wake())
  }

  /** The next item this follower may have now. */
  next(): AnswerItem | null {
    if (!this.#accepted && this.#run.accepted !== null) {
      this.#accepted = true
      return { type: 'accepted', ...this.#run.accepted }
    }
    return this.#nextText() ?? this.#nextReading()
  }

  /** True while text waits for its time. */
  behind(): boolean {
    return this.#characters < this.#run.text.length
  }

  /** What ends a wait besides a change; a cancelled opener waits for the end of the answer. */
  waitSignal(): AbortSignal {
    return this.#options.signal.aborted ? this.#forever.signal : this.#options.signal
  }

  dispose(): void {
    this.#textPace.dispose()
    this.#readingPace.dispose()
  }

  #nextText(): AnswerItem | null {
    const { text, ending } = this.#run
    if (!this.#accepted || (!this.#opening && !this.behind())) return null
    if (!this.#textPace.open && ending === null) return null
    this.#opening = false
    const delta = text.slice(this.#characters)
    this.#characters = text.length
    this.#textPace.start()
    return { type: 'text', text: delta }
  }

  #nextReading(): AnswerItem | null {
    const { reading, text, ending } = this.#run
    if (!this.#accepted || reading === null || reading === this.#reading) return null
    if (!this.#readingPace.open || text !== '' || ending !== null) return null
    this.#reading = reading
    this.#readingPace.start()
    return { type: 'reading', ...reading }
  }
}

/** A gate that is open at first and shuts for a moment after each item. */
class Pace {
  readonly #timers: Timers
  readonly #onOpen: () => void
  #cancel: () => void = () => undefined
  open = true

  constructor(timers: Timers, onOpen: () => void) {
    this.#timers = timers
    this.#onOpen = onOpen
  }

  start(): void {
    this.open = false
    this.#cancel()
    this.#cancel = this.#timers.after(paceMilliseconds, () => {
      this.open = true
      this.#onOpen()
    })
  }

  dispose(): void {
    this.#cancel()
  }
}
