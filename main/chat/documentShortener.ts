// Finds how much of a message's documents fits: the opening of each, in whole segments.
import { ok, type Result } from '#contract/result.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { AttachedDocument } from './attachedDocuments.ts'
import type { Shortening } from './storedMessage.ts'
import type { MeasuredTurn } from './turnMeasurer.ts'

/** Segments counted in one request to the engine. */
const batchSize = 32

/** Tokens between two segments, at most. */
const seamTokens = 2

/** Shortens the documents of a turn's last message. Failures are the generator's and the storage's. */
export class DocumentShortener {
  readonly #generator: Pick<LocalGenerator, 'countTokens'>

  constructor(deps: { readonly generator: Pick<LocalGenerator, 'countTokens'> }) {
    this.#generator = deps.generator
  }

  /**
   * How many segments of each document fit into `roomTokens`, which the documents share by their length; null when one
   * of them would be left without any.
   */
  async shorten(measured: MeasuredTurn, roomTokens: number): Promise<Result<readonly Shortening[] | null>> {
    const messageId = measured.input.messages.at(-1)?.id ?? null
    const documents = measured.attached.at(-1) ?? []
    const characters = documents.reduce((sum, { record }) => sum + record.characters, 0)
    if (messageId === null || documents.length === 0 || characters === 0) return ok(null)
    const found: Shortening[] = []
    for (const one of documents) {
      const share = Math.floor((roomTokens * one.record.characters) / characters)
      const usedSegments = await this.#fitting(measured, one, share)
      if (!usedSegments.ok) return usedSegments
      if (usedSegments.value === 0) return ok(null)
      found.push({ messageId, documentId: one.record.id, usedSegments: usedSegments.value })
    }
    return ok(found)
  }

  async #fitting(measured: MeasuredTurn, one: AttachedDocument, roomTokens: number): Promise<Result<number>> {
    const texts = await measured.documents.texts(one.record)
    if (!texts.ok) return texts
    let tokens = 0
    for (let start = 0; start < texts.value.length; start += batchSize) {
      const counts = await this.#generator.countTokens(texts.value.slice(start, start + batchSize))
      if (!counts.ok) return counts
      for (const [offset, count] of counts.value.entries()) {
        tokens += count + seamTokens
        if (tokens > roomTokens) return ok(start + offset)
      }
    }
    return ok(texts.value.length)
  }
}
