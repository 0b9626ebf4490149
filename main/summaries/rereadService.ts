// "Read page 7 again": the unit comes fresh from the file, and the summary's steps with it in them are redone.
import { fail, ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'
import type { SummaryOrder } from './summaryService.ts'
import { SummaryStore } from './summaryStore.ts'

/** What a reading of one unit gave; `null` when stopped. */
type UnitRead = { readonly charactersBefore: number; readonly characters: number } | null

/** What the service works with. */
export type RereadDependencies = {
  readonly storage: Storage
  readonly documents: {
    rereadUnit(documentId: string, unit: number, signal: AbortSignal): Promise<Result<UnitRead>>
  }
  readonly summaries: { start(order: SummaryOrder, signal?: AbortSignal): Promise<Result<{ jobId: string }>> }
  readonly newId: () => string
}

/** What came of it; `jobId` null: nothing to redo here. */
export type Reread = { readonly charactersBefore: number; readonly characters: number; readonly jobId: string | null }

/** Reads units again and lets their summaries follow. */
export class RereadService {
  readonly #dependencies: RereadDependencies
  readonly #store: SummaryStore

  constructor(dependencies: RereadDependencies) {
    this.#dependencies = dependencies
    this.#store = new SummaryStore(dependencies.storage)
  }

  /**
   * Reads `unit` of a summary's document again. A job is started unless the unit had and has no text, or the summary was
   * made elsewhere: that is asked for anew. Failures: `not-found`, those of `rereadUnit` and of `start`.
   */
  async reread(summaryId: string, unit: number, signal: AbortSignal): Promise<Result<Reread>> {
    const { documents, summaries, newId } = this.#dependencies
    const found = await this.#store.get(summaryId)
    if (!found.ok) return found
    if (found.value === undefined) return fail('not-found', { what: 'summary', id: summaryId })
    const { documentId, preset, instruction, provenance } = found.value
    const read = await documents.rereadUnit(documentId, unit, signal)
    if (!read.ok) return read
    const { charactersBefore, characters } = read.value ?? { charactersBefore: 0, characters: 0 }
    const nothing = read.value === null || (charactersBefore === 0 && characters === 0)
    if (nothing || provenance.cloud !== undefined) return ok({ charactersBefore, characters, jobId: null })
    const again = { unit, id: newId() }
    const order: SummaryOrder = { documentId, preset, seed: provenance.seed, fresh: false, again }
    const started = await summaries.start(instruction === null ? order : { ...order, instruction }, signal)
    return started.ok ? ok({ charactersBefore, characters, jobId: started.value.jobId }) : started
  }
}
