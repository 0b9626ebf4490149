// Turns a reading's many small steps into few messages: segments in batches, progress at most ten times a second.
import type { Segment } from '#contract/document.ts'
import type { ReaderMessage } from '../protocol.ts'

const BATCH_CHARACTERS = 65_536
const BATCH_SEGMENTS = 500
const INTERVAL_MILLISECONDS = 100

type Progress = Extract<ReaderMessage, { type: 'progress' }>

/** Passes messages on, batched; order of segments and the last progress are kept. `now` is in milliseconds. */
export async function* batchMessages(
  messages: AsyncIterable<ReaderMessage>,
  now: () => number,
): AsyncGenerator<ReaderMessage, void, void> {
  const batch = new Batch()
  let last = Number.NEGATIVE_INFINITY
  for await (const message of messages) {
    const isDue = now() - last >= INTERVAL_MILLISECONDS
    if (batch.takes(message)) {
      if (!isDue && !batch.isFull) continue
    } else if (message.type === 'alive') {
      if (!isDue) continue
      yield message
    } else {
      yield* batch.release()
      yield message
    }
    yield* batch.release()
    last = now()
  }
}

/** Segments and the newest progress held back. */
class Batch {
  #segments: Segment[] = []
  #characters = 0
  #progress: Progress | null = null

  get isFull(): boolean {
    return this.#characters >= BATCH_CHARACTERS || this.#segments.length >= BATCH_SEGMENTS
  }

  /** Holds what can be batched; false for everything else. */
  takes(message: ReaderMessage): boolean {
    if (message.type === 'segments') {
      this.#segments.push(...message.segments)
      this.#characters += message.segments.reduce((sum, segment) => sum + segment.text.length, 0)
      return true
    }
    if (message.type !== 'progress') return false
    this.#progress = { ...message, withoutText: [...(this.#progress?.withoutText ?? []), ...message.withoutText] }
    return true
  }

  *release(): Generator<ReaderMessage, void, void> {
    for (let from = 0; from < this.#segments.length; from += BATCH_SEGMENTS) {
      yield { type: 'segments', segments: this.#segments.slice(from, from + BATCH_SEGMENTS) }
    }
    if (this.#progress !== null) yield this.#progress
    this.#segments = []
    this.#characters = 0
    this.#progress = null
  }
}
