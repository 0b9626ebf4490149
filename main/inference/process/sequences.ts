// Who gets which sequence: a conversation keeps its own while it can, map steps share a pool.
import type { ChatWrapper, LlamaChat, LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp'
import type { Library } from './library.ts'

/** A sequence with the engine's chat on top of it. */
export type Lane = { readonly sequence: LlamaContextSequence; readonly chat: LlamaChat }

/** Opens every sequence of a context. */
export function openLanes(library: Library, context: LlamaContext, chatWrapper: ChatWrapper): Lane[] {
  return Array.from({ length: context.totalSequences }, () => {
    const contextSequence = context.getSequence()
    return { sequence: contextSequence, chat: new library.LlamaChat({ contextSequence, chatWrapper }) }
  })
}

/** Sequences by conversation; the least recently used one is given away, its state with it. */
export class ChatLanes {
  /** Least recently used first. */
  #order: { readonly lane: Lane; readonly conversationId: string | null }[]

  constructor(lanes: readonly Lane[]) {
    this.#order = lanes.map((lane) => ({ lane, conversationId: null }))
  }

  /** The conversation's lane, its kept state included, or the one longest unused. */
  take(conversationId: string): Lane {
    const own = this.#order.find((entry) => entry.conversationId === conversationId)
    const chosen = own ?? this.#order[0]
    if (chosen === undefined) throw new Error('a context without sequences')
    this.#order = [...this.#order.filter((entry) => entry !== chosen), { lane: chosen.lane, conversationId }]
    return chosen.lane
  }
}

/** Lanes any map step may take; a step prefers the one whose state shares most with its prompt. */
export class MapLanes {
  readonly #free: Lane[]
  readonly #waiting: ((lane: Lane) => void)[] = []

  constructor(lanes: readonly Lane[]) {
    this.#free = [...lanes]
  }

  async take(prompt: Token[]): Promise<Lane> {
    const shared = (lane: Lane) => lane.sequence.compareContextTokens(prompt).firstDifferentIndex
    const best = this.#free.toSorted((a, b) => shared(b) - shared(a))[0]
    if (best === undefined) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#free.splice(this.#free.indexOf(best), 1)
    return best
  }

  release(lane: Lane): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(lane)
    else next(lane)
  }
}

/**
 * Makes every token of a sequence wait for `before`. The engine offers no pause between tokens of one context while
 * another works, so its `evaluate` is wrapped on this instance, with the same promise.
 */
export function gateTokens(sequence: LlamaContextSequence, before: () => Promise<void>): void {
  const evaluate = sequence.evaluate.bind(sequence)
  sequence.evaluate = async function* gated(tokens, options) {
    const source = evaluate(tokens, options)
    let replacement: Token | Token[] | void = undefined
    try {
      for (;;) {
        await before()
        const step: IteratorResult<Token, void> = await source.next(replacement)
        if (step.done === true) return
        replacement = yield step.value
      }
    } finally {
      await source.return()
    }
  }
}
