// Comparisons as a window uses them: compare two documents, keep the result, list it, look inside, forget it.
import type { Change, ChangeKind, ComparedDocument, Comparison, ComparisonItem } from '#contract/comparison.ts'
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { DocumentService } from '../documents/documentService.ts'
import type { Logger } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { tellingTurns, type TurnTaking } from '../text/turns.ts'
import { ComparisonStore } from './comparisonStore.ts'
import { comparisonMethod, compareTexts, type Compared, type Progress } from './logic/compareTexts.ts'

/** What the service needs. */
export type ComparisonNeeds = {
  readonly storage: Storage
  readonly documents: Pick<DocumentService, 'get' | 'allSegments'>
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
}

/** Which documents, and whether to compare again what is kept. */
export type ComparisonOrder = { readonly beforeId: string; readonly afterId: string; readonly fresh: boolean }

/** Progress is told this often at most. */
const tellMilliseconds = 100

/** Compares documents by their text alone; no model takes part and nothing leaves. */
export class ComparisonService {
  readonly #needs: ComparisonNeeds
  readonly #store: ComparisonStore

  constructor(needs: ComparisonNeeds) {
    this.#needs = needs
    this.#store = new ComparisonStore(needs.storage)
  }

  /**
   * Compares, or answers what is kept while neither document nor method changed. Stopping keeps nothing. Failures:
   * `not-found`, `comparison-same-document`, `document-without-text`, the storage's.
   */
  async *compare({ beforeId, afterId, fresh }: ComparisonOrder, signal: AbortSignal): Stream<ComparisonItem> {
    const before = await this.#needs.documents.get(beforeId)
    if (!before.ok) return before
    if (beforeId === afterId) return fail('comparison-same-document', { name: before.value.name })
    const after = await this.#needs.documents.get(afterId)
    if (!after.ok) return after
    const kept = await this.#store.ofPair(beforeId, afterId)
    if (!kept.ok) return kept
    if (kept.value !== undefined && !fresh && isCurrent(kept.value)) {
      yield { type: 'comparison', comparison: kept.value }
      yield { type: 'finished', reason: 'complete' }
      return ok(undefined)
    }
    return yield* this.#compareAnew(before.value, after.value, signal)
  }

  /** Comparisons a document takes part in, or all; newest first. */
  list(documentId?: string): Promise<Result<readonly Comparison[]>> {
    return this.#store.list(documentId)
  }

  /** Failure: `not-found`. */
  async get(comparisonId: string): Promise<Result<Comparison>> {
    const found = await this.#store.get(comparisonId)
    if (!found.ok) return found
    return found.value === undefined ? unknown(comparisonId) : ok(found.value)
  }

  /** A window of changes in reading order; without kinds all. Failure: `not-found`. */
  async changes(
    comparisonId: string,
    from: number,
    count: number,
    kinds?: readonly ChangeKind[],
  ): Promise<Result<readonly Change[]>> {
    const found = await this.get(comparisonId)
    return found.ok ? this.#store.changes(comparisonId, from, count, kinds) : found
  }

  /** Forgets a comparison; the documents stay. Failure: `not-found`. */
  async remove(comparisonId: string): Promise<Result<void>> {
    const removed = await this.#store.remove(comparisonId)
    if (!removed.ok) return removed
    return removed.value ? ok(undefined) : unknown(comparisonId)
  }

  async *#compareAnew(before: DocumentRecord, after: DocumentRecord, signal: AbortSignal): Stream<ComparisonItem> {
    const started = this.#needs.now()
    yield { type: 'progress', stage: 'reading', done: 0, total: 0 }
    const left = await this.#segments(before)
    if (!left.ok) return left
    const right = await this.#segments(after)
    if (!right.ok) return right
    const work = compareTexts(left.value, right.value, before.format === after.format)
    const working = drive(work, { signal, now: this.#needs.now })
    let step = await working.next()
    for (; step.done !== true; step = await working.next()) yield { type: 'progress', ...step.value }
    if (step.value === null) {
      yield { type: 'finished', reason: 'stopped' }
      return ok(undefined)
    }
    const comparison = comparisonOf(before, after, step.value, { id: this.#needs.newId(), at: started })
    const kept = await this.#store.keep(comparison, step.value.changes)
    if (!kept.ok) return kept
    // A document forgotten in the meantime takes the result with it.
    if (!kept.value) return fail('not-found', { what: 'document', id: before.id })
    this.#needs.logger.info('comparisons.compare', {
      milliseconds: this.#needs.now().getTime() - started.getTime(),
      passages: step.value.passages.before + step.value.passages.after,
      changes: step.value.changes.length,
    })
    yield { type: 'comparison', comparison }
    yield { type: 'finished', reason: 'complete' }
    return ok(undefined)
  }

  async #segments({ id, name, coverage }: DocumentRecord): Promise<Result<readonly Segment[]>> {
    const segments = await this.#needs.documents.allSegments(id)
    if (!segments.ok) return segments
    if (segments.value.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) return segments
    return fail('document-without-text', { name, unit: coverage.unit, total: coverage.total })
  }
}

/** Runs the comparison in short turns, telling progress now and then; null when it was stopped. */
async function* drive(
  work: Generator<Progress, Compared, void>,
  taking: TurnTaking,
): AsyncGenerator<Progress, Compared | null, void> {
  const turns = tellingTurns(work, taking)
  let told = 0
  for (;;) {
    const turn = await turns.next()
    if (turn.done === true) return turn.value
    const time = taking.now().getTime()
    if (time - told < tellMilliseconds) continue
    told = time
    yield turn.value
  }
}

function isCurrent({ before, after, method }: Comparison): boolean {
  const same = method.id === comparisonMethod.id && method.version === comparisonMethod.version
  return same && !before.outdated && !after.outdated
}

function comparisonOf(
  before: DocumentRecord,
  after: DocumentRecord,
  { counts, renumbered, identical, passages }: Compared,
  made: { readonly id: string; readonly at: Date },
): Comparison {
  return {
    id: made.id,
    before: sideOf(before, passages.before),
    after: sideOf(after, passages.after),
    identical,
    sameFile: before.sha256 === after.sha256,
    counts,
    renumbered,
    method: { ...comparisonMethod },
    createdAt: made.at.toISOString(),
  }
}

function sideOf(document: DocumentRecord, passages: number): ComparedDocument {
  const { id, name, title, sha256, format, coverage, characters } = document
  return { documentId: id, name, title, sha256, format, coverage, characters, passages, outdated: false }
}

function unknown(id: string): Result<never> {
  return fail('not-found', { what: 'comparison', id })
}
