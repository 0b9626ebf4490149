// Token counts of texts that do not change, kept by key, so that a long conversation is counted once.
import { ok, type Result } from '#contract/result.ts'
import type { LoadedModel, LocalGenerator } from '../inference/localGenerator.ts'

/** A text to count. `key` names it for good (null: count it every time); `text` is asked for only when needed. */
export type CountedText = { readonly key: string | null; readonly text: () => Promise<Result<string>> }

/** Texts counted in one request to the engine, so that an answer need not wait behind thousands. */
const batchSize = 200

/** Counts kept; beyond that they are forgotten and counted again. */
const mostKept = 50_000

/** Counts for one model at a time; another model empties it. */
export class TokenCounts {
  readonly #generator: Pick<LocalGenerator, 'countTokens' | 'countTurnTokens'>
  readonly #kept = new Map<string, number>()
  #modelSha256 = ''
  #turnOverhead: number | undefined

  constructor(generator: Pick<LocalGenerator, 'countTokens' | 'countTurnTokens'>) {
    this.#generator = generator
  }

  /** Tokens of each text, in order, without the chat wrapper. */
  async count(model: LoadedModel, texts: readonly CountedText[]): Promise<Result<readonly number[]>> {
    this.#use(model)
    const counts: number[] = []
    for (let start = 0; start < texts.length; start += batchSize) {
      const batch = await this.#countBatch(texts.slice(start, start + batchSize))
      if (!batch.ok) return batch
      counts.push(...batch.value)
    }
    return ok(counts)
  }

  /** Tokens the chat wrapper adds to one turn, rounded up; measured once per model. */
  async turnOverhead(model: LoadedModel): Promise<Result<number>> {
    this.#use(model)
    if (this.#turnOverhead !== undefined) return ok(this.#turnOverhead)
    const text = 'word'
    const plain = await this.#generator.countTokens([text])
    if (!plain.ok) return plain
    const turns = await this.#generator.countTurnTokens([
      { role: 'person', text },
      { role: 'assistant', text },
      { role: 'person', text },
    ])
    if (!turns.ok) return turns
    this.#turnOverhead = Math.max(0, Math.ceil((turns.value - 3 * (plain.value[0] ?? 0)) / 3))
    return ok(this.#turnOverhead)
  }

  async #countBatch(texts: readonly CountedText[]): Promise<Result<readonly number[]>> {
    const counts: (number | undefined)[] = texts.map(({ key }) => (key === null ? undefined : this.#kept.get(key)))
    const missing: number[] = []
    const missingTexts: string[] = []
    for (const [index, entry] of texts.entries()) {
      if (counts[index] !== undefined) continue
      const text = await entry.text()
      if (!text.ok) return text
      missing.push(index)
      missingTexts.push(text.value)
    }
    if (missing.length > 0) {
      const counted = await this.#generator.countTokens(missingTexts)
      if (!counted.ok) return counted
      for (const [order, index] of missing.entries()) {
        counts[index] = counted.value[order] ?? 0
        this.#keep(texts[index]?.key ?? null, counted.value[order] ?? 0)
      }
    }
    return ok(counts.map((count) => count ?? 0))
  }

  #keep(key: string | null, count: number): void {
    if (key === null) return
    if (this.#kept.size >= mostKept) this.#kept.clear()
    this.#kept.set(key, count)
  }

  #use(model: LoadedModel): void {
    if (model.sha256 === this.#modelSha256) return
    this.#modelSha256 = model.sha256
    this.#turnOverhead = undefined
    this.#kept.clear()
  }
}
