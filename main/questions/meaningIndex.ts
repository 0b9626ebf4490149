// Vectors of passages, made in the background by an embedding model where one is installed, and looked through for a question.
import { z } from 'zod'
import type { QuestionScope } from '#contract/question.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Logger } from '../host.ts'
import type { SqlValue, Storage } from '../storage/storage.ts'
import { cosine } from '../text/logic/sense.ts'
import type { Close } from './logic/fusion.ts'

// Decisions
// - A vector belongs to a segment and to a model's hash. What has none yet is found by a query, so the pass needs no notes
//   of its own: cut off anywhere, it goes on with what is missing.
// - Vectors are compared one by one. That is exact, and up to `comparedAtMost` of them take less than a model takes to
//   read the passages; of a larger library the newest are compared, and the words find the rest.

/** What makes vectors; null where no embedding model is installed. */
export type Embedder = {
  model(signal: AbortSignal): Promise<{ readonly sha256: string } | null>
  embed(texts: readonly string[], signal: AbortSignal): Promise<Result<readonly Float32Array[]>>
}

/** Segments embedded in one request, and characters of each that are. */
const atOnce = 16
const charactersAtMost = 1_200
/** What is left of a text that has too many tokens. */
const shortened = 200
/** Shorter pieces mean too little by themselves. */
const charactersAtLeast = 20
const comparedAtMost = 20_000
/** Near segments given on. */
const nearest = 20

const closeRow = z.object({
  vector: z.instanceof(Uint8Array),
  document_id: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  position: z.number(),
})

/** Keeps vectors in step with the library and finds the nearest. Failures: those of the storage and of the embedder. */
export class MeaningIndex {
  readonly #storage: Storage
  readonly #embedder: Embedder
  readonly #logger: Logger
  readonly #closing = new AbortController()
  #pass: Promise<void> | null = null

  constructor(needs: { readonly storage: Storage; readonly embedder: Embedder; readonly logger: Logger }) {
    this.#storage = needs.storage
    this.#embedder = needs.embedder
    this.#logger = needs.logger
  }

  /** The segments of a scope nearest to a question, nearest first; none where no model is installed. */
  async closest(question: string, scope: QuestionScope, signal: AbortSignal): Promise<Result<readonly Close[]>> {
    const model = await this.#embedder.model(signal)
    if (model === null) return ok([])
    const embedded = await this.#embedder.embed([question], signal)
    const vector = embedded.ok ? embedded.value[0] : undefined
    // The words still find what they find: a missing vector is no reason to answer nothing.
    if (vector === undefined) return ok([])
    const { sql, parameters } = within(scope)
    const rows = await this.#storage.all<unknown>(
      `SELECT vectors.vector, segment.document_id, document.name, document.title, segment.position
       FROM segment_vectors AS vectors
       JOIN segments AS segment ON segment.number = vectors.segment
       JOIN documents AS document ON document.id = segment.document_id AND document.segments > 0
       WHERE vectors.model_sha256 = ? AND ${sql} ORDER BY vectors.segment DESC LIMIT ${comparedAtMost}`,
      [model.sha256, ...parameters],
    )
    if (!rows.ok) return rows
    const close = rows.value.map((value): Close => {
      const { vector: bytes, document_id: documentId, ...row } = closeRow.parse(value)
      return { documentId, ...row, closeness: cosine(vector, floatsOf(bytes)) }
    })
    return ok(close.sort((a, b) => b.closeness - a.closeness).slice(0, nearest))
  }

  /** Makes what is missing, in the background, once at a time; answers when this pass is over. */
  keepUp(): Promise<void> {
    this.#pass ??= this.#makeMissing().finally(() => (this.#pass = null))
    return this.#pass
  }

  /** Ends the pass; what it made stays. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#pass
  }

  async #makeMissing(): Promise<void> {
    const { signal } = this.#closing
    const model = await this.#embedder.model(signal)
    if (model === null) return
    let [last, made] = [0, 0]
    while (!signal.aborted) {
      const missing = await this.#missing(model.sha256, last)
      if (!missing.ok || missing.value.length === 0) break
      const texts = missing.value.map(({ text }) => text.slice(0, charactersAtMost))
      const vectors = await this.#embedded(texts, signal)
      if (!vectors.ok) {
        this.#logger.warn('questions.vectors', { code: vectors.failure.code })
        break
      }
      const kept = await this.#storage.transaction(
        vectors.value.flatMap((vector, at) => {
          if (vector === null) return []
          const parameters = [missing.value[at]?.number ?? 0, model.sha256, bytesOf(vector)]
          return {
            sql: 'INSERT OR REPLACE INTO segment_vectors (segment, model_sha256, vector) VALUES (?, ?, ?)',
            parameters,
          }
        }),
      )
      if (!kept.ok) break
      made += vectors.value.filter((vector) => vector !== null).length
      last = missing.value.at(-1)?.number ?? last
    }
    if (signal.aborted || made === 0) return
    await this.#storage.run('DELETE FROM segment_vectors WHERE model_sha256 <> ?', [model.sha256])
    this.#logger.info('questions.vectors', { made })
  }

  /**
   * Vectors of texts, null for one no model takes. Where one has more tokens than its letters let expect, each goes alone,
   * then its beginning: a page of signs must not keep all that comes after it from being found.
   */
  async #embedded(texts: readonly string[], signal: AbortSignal): Promise<Result<readonly (Float32Array | null)[]>> {
    const together = await this.#embedder.embed(texts, signal)
    if (together.ok || together.failure.code !== 'context-full') return together
    const [text = '', ...others] = texts
    if (others.length > 0) {
      const vectors: (Float32Array | null)[] = []
      for (const each of texts) {
        const alone = await this.#embedded([each], signal)
        if (!alone.ok) return alone
        vectors.push(...alone.value)
      }
      return ok(vectors)
    }
    return text.length > shortened ? this.#embedded([text.slice(0, shortened)], signal) : ok([null])
  }

  #missing(
    sha256: string,
    after: number,
  ): Promise<Result<readonly { readonly number: number; readonly text: string }[]>> {
    return this.#storage.all(
      `SELECT segment.number AS number, segment.text AS text FROM segments AS segment
       JOIN documents AS document ON document.id = segment.document_id AND document.segments > 0
       WHERE segment.number > ? AND length(segment.text) >= ${charactersAtLeast} AND NOT EXISTS
         (SELECT 1 FROM segment_vectors AS vectors WHERE vectors.model_sha256 = ? AND vectors.segment = segment.number)
       ORDER BY segment.number LIMIT ${atOnce}`,
      [after, sha256],
    )
  }
}

function within(scope: QuestionScope): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  if ('documentId' in scope) return { sql: 'segment.document_id = ?', parameters: [scope.documentId] }
  const held = 'SELECT 1 FROM library_files AS file WHERE file.document_id = segment.document_id'
  if (!('folderId' in scope)) return { sql: `EXISTS (${held})`, parameters: [] }
  return { sql: `EXISTS (${held} AND file.folder_id = ?)`, parameters: [scope.folderId] }
}

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength)
}

/** A copy: the bytes a database gives need not begin where floats may. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer)
}
