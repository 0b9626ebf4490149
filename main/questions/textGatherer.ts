// What a question is looked for in: a whole document, or the parts of the library that hold its words.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import type { QuestionScope } from '#contract/question.ts'
import { ok, type Result } from '#contract/result.ts'
import type { LibraryService } from '../documents/library/libraryService.ts'
import { inTurns } from '../text/turns.ts'
import { indexExcerpts, type Excerpt, type ExcerptIndex } from './logic/excerptIndex.ts'
import { bestSegments, excerptRuns } from './logic/candidates.ts'
import type { Close } from './logic/fusion.ts'
import type { Question } from './logic/question.ts'
import { findTerms, rarityOf, type Search } from './logic/ranking.ts'
import { spellingsOf } from './logic/spellings.ts'

/** Documents as questions use them. */
export type QuestionDocuments = {
  get(documentId: string): Promise<Result<DocumentRecord>>
  segments(documentId: string, from: number, count: number): Promise<Result<readonly Segment[]>>
  allSegments(documentId: string): Promise<Result<readonly Segment[]>>
}

/** Everything ready to be ranked. `searched` counts documents looked through and files still to be read. */
export type SearchedTexts = Search & {
  readonly searched: { readonly documents: number; readonly waiting: number }
  readonly documentSha256: string | null
}

/** Indexes of documents asked lately are kept: a thread asks the same one again and again. */
const indexesKept = 2
/** Segments looked into on either side of one that was found. */
const reach = 3

/** Gathers texts, in short turns; null when it was stopped. Failures: `not-found`, those of the storage. */
export class TextGatherer {
  readonly #documents: QuestionDocuments
  readonly #library: Pick<LibraryService, 'near'>
  readonly #now: () => Date
  readonly #indexes = new Map<string, ExcerptIndex>()

  constructor(deps: {
    readonly documents: QuestionDocuments
    readonly library: Pick<LibraryService, 'near'>
    readonly now: () => Date
  }) {
    this.#documents = deps.documents
    this.#library = deps.library
    this.#now = deps.now
  }

  /** `close` are segments near in meaning, which are read besides those that hold the words. */
  gather(
    scope: QuestionScope,
    question: Question,
    close: readonly Close[],
    signal: AbortSignal,
  ): Promise<Result<SearchedTexts | null>> {
    if ('documentId' in scope) return this.#document(scope.documentId, question, signal)
    return this.#inLibrary('folderId' in scope ? scope.folderId : null, question, close, signal)
  }

  async #document(documentId: string, question: Question, signal: AbortSignal): Promise<Result<SearchedTexts | null>> {
    const record = await this.#documents.get(documentId)
    if (!record.ok) return record
    const index = await this.#indexOf(record.value, signal)
    if (!index.ok) return index
    if (index.value === null) return ok(null)
    const hits = findTerms(index.value, question)
    return ok({
      question,
      index: index.value,
      hits,
      rarity: rarityOf(
        index.value.lines.length,
        hits.map((found) => found.size),
      ),
      searched: { documents: 1, waiting: 0 },
      documentSha256: record.value.sha256,
    })
  }

  async #indexOf(
    { id, sha256, name, title }: DocumentRecord,
    signal: AbortSignal,
  ): Promise<Result<ExcerptIndex | null>> {
    const key = `${id}/${sha256}`
    const known = this.#indexes.get(key)
    if (known !== undefined) return ok(known)
    const segments = await this.#documents.allSegments(id)
    if (!segments.ok) return segments
    const whole = { documentId: id, documentName: name, title, position: 0, segments: segments.value }
    const index = await inTurns(indexExcerpts([whole]), { signal, now: this.#now })
    if (index === null) return ok(null)
    this.#indexes.set(key, index)
    for (const oldest of [...this.#indexes.keys()].slice(0, -indexesKept)) this.#indexes.delete(oldest)
    return ok(index)
  }

  async #inLibrary(
    folderId: string | null,
    question: Question,
    close: readonly Close[],
    signal: AbortSignal,
  ): Promise<Result<SearchedTexts | null>> {
    const terms = question.terms.map((term) => spellingsOf(term, question.language))
    const near = await this.#library.near({ folderId, terms })
    if (!near.ok) return near
    const { counts, segments, documents, waiting } = near.value
    const rarity = rarityOf(segments, counts)
    const excerpts: Excerpt[] = []
    for (const run of excerptRuns([...bestSegments(near.value.hits, question, rarity), ...close], reach)) {
      const text = await this.#documents.segments(run.documentId, run.from, run.count)
      // Forgotten while it was looked for: then it is not there.
      if (!text.ok) continue
      const { documentId, name, title, from } = run
      excerpts.push({ documentId, documentName: name, title, position: from, segments: text.value })
    }
    const index = await inTurns(indexExcerpts(excerpts), { signal, now: this.#now })
    if (index === null) return ok(null)
    return ok({
      question,
      index,
      hits: findTerms(index, question),
      rarity,
      searched: { documents, waiting },
      documentSha256: null,
    })
  }
}
