// The documents of one turn's messages, each looked up and read at most once.
import type { DocumentRecord, Segment } from '#contract/document.ts'
import { ok, type Result } from '#contract/result.ts'
import type { ChatDocuments, ChatPrompts } from './chatSources.ts'
import { plainName } from './logic/promptText.ts'
import type { CountedText } from './tokenCounts.ts'

/** A document of a message; `usedSegments` of it are given to the model, or all (null). */
export type AttachedDocument = { readonly record: DocumentRecord; readonly usedSegments: number | null }

/** Reads documents for one turn; make one per turn. */
export class AttachedDocuments {
  readonly #documents: ChatDocuments
  readonly #prompts: ChatPrompts
  readonly #records = new Map<string, Promise<Result<DocumentRecord>>>()
  readonly #segments = new Map<string, Promise<Result<readonly Segment[]>>>()

  constructor(deps: { readonly documents: ChatDocuments; readonly prompts: ChatPrompts }) {
    this.#documents = deps.documents
    this.#prompts = deps.prompts
  }

  /**
   * The records of those ids that are still in the library: one removed since it was attached is gone from the
   * conversation too. With `required`, a missing one is `not-found`.
   */
  async records(ids: readonly string[], required: boolean): Promise<Result<readonly DocumentRecord[]>> {
    const found: DocumentRecord[] = []
    for (const id of ids) {
      const record = await once(this.#records, id, () => this.#documents.get(id))
      if (record.ok) found.push(record.value)
      else if (required || record.failure.code !== 'not-found') return record
    }
    return ok(found)
  }

  /** The texts of a document's segments, in order. */
  async texts(record: DocumentRecord): Promise<Result<readonly string[]>> {
    const segments = await once(this.#segments, record.id, () => this.#documents.allSegments(record.id))
    return segments.ok ? ok(segments.value.map(({ text }) => text)) : segments
  }

  /** A document as fenced data, its segments joined by blank lines. */
  async fenced({ record, usedSegments }: AttachedDocument): Promise<Result<string>> {
    const texts = await this.texts(record)
    if (!texts.ok) return texts
    const document = texts.value.slice(0, usedSegments ?? texts.value.length).join('\n\n')
    return ok(this.#prompts.get('chat-document').render({ name: plainName(record.name), document }))
  }

  /** A document as its tokens are counted, keyed by what it holds. */
  counted(attached: AttachedDocument): CountedText {
    const { id, sha256 } = attached.record
    return {
      key: `document:${id}:${sha256}:${attached.usedSegments ?? 'all'}`,
      text: () => this.fenced(attached),
    }
  }
}

function once<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found
}
