// The documents of one turn's messages, each looked up and read at most once.
import type { DocumentRecord } from '#contract/document.ts'
import { ok, type Result } from '#contract/result.ts'
import type { ChatDocuments, ChatPrompts } from './chatSources.ts'
import { plainName } from './logic/promptText.ts'
import type { CountedText } from './tokenCounts.ts'

/** Reads documents for one turn; make one per turn. */
export class AttachedDocuments {
  readonly #documents: ChatDocuments
  readonly #prompts: ChatPrompts
  readonly #records = new Map<string, Promise<Result<DocumentRecord>>>()
  readonly #texts = new Map<string, Promise<Result<string>>>()

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

  /** A whole document as fenced data, its segments joined by blank lines. */
  fenced(record: DocumentRecord): Promise<Result<string>> {
    return once(this.#texts, record.id, async () => {
      const segments = await this.#documents.allSegments(record.id)
      if (!segments.ok) return segments
      const document = segments.value.map((segment) => segment.text).join('\n\n')
      return ok(this.#prompts.get('chat-document').render({ name: plainName(record.name), document }))
    })
  }

  /** A document as its tokens are counted, keyed by what it holds. */
  counted(record: DocumentRecord): CountedText {
    return { key: `document:${record.id}:${record.sha256}`, text: () => this.fenced(record) }
  }
}

function once<T>(kept: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found
}
