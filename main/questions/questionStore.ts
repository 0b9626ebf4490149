// The SQL of threads and answers.
import { z } from 'zod'
import { questionAnswer, type QuestionAnswer, type QuestionScope, type QuestionThread } from '#contract/question.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Statement, Storage } from '../storage/storage.ts'

const threadRow = z.object({
  id: z.string(),
  document_id: z.string().nullable(),
  folder_id: z.string().nullable(),
  title: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  answers: z.number(),
})

const columns = `thread.id, thread.document_id, thread.folder_id, thread.title, thread.created_at, thread.updated_at,
  (SELECT count(*) FROM question_answers WHERE thread_id = thread.id) AS answers`

/** Reads and writes questions. Every method fails as `Storage` does; a row that does not parse is a bug and rejects. */
export class QuestionStore {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Threads of a scope, last used first. */
  async threads(scope: QuestionScope): Promise<Result<readonly QuestionThread[]>> {
    const { documentId, folderId } = placeOf(scope)
    const rows = await this.#storage.all<unknown>(
      `SELECT ${columns} FROM question_threads AS thread WHERE thread.document_id IS ? AND thread.folder_id IS ?
       ORDER BY thread.updated_at DESC, thread.rowid DESC`,
      [documentId, folderId],
    )
    return rows.ok ? ok(rows.value.map(threadOf)) : rows
  }

  async thread(id: string): Promise<Result<QuestionThread | undefined>> {
    const row = await this.#storage.get<unknown>(`SELECT ${columns} FROM question_threads AS thread WHERE id = ?`, [id])
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : threadOf(row.value))
  }

  /** Answers of a thread, oldest first. */
  async answers(threadId: string): Promise<Result<readonly QuestionAnswer[]>> {
    const rows = await this.#storage.all<{ body: string }>(
      'SELECT body FROM question_answers WHERE thread_id = ? ORDER BY number',
      [threadId],
    )
    return rows.ok ? ok(rows.value.map(({ body }) => questionAnswer.parse(JSON.parse(body)))) : rows
  }

  async answer(id: string): Promise<Result<QuestionAnswer | undefined>> {
    const row = await this.#storage.get<{ body: string }>('SELECT body FROM question_answers WHERE id = ?', [id])
    if (!row.ok) return row
    return ok(row.value === undefined ? undefined : questionAnswer.parse(JSON.parse(row.value.body)))
  }

  /** Keeps an answer; its thread begins with it where there is none. */
  async keep(answer: QuestionAnswer): Promise<Result<void>> {
    const { id, threadId, scope, question, provenance, passages } = answer
    const { documentId, folderId } = placeOf(scope)
    const at = provenance.createdAt
    const sources = [...new Set(passages.map((passage) => passage.documentId))]
    const statements: Statement[] = [
      {
        sql: `INSERT INTO question_threads (id, document_id, folder_id, title, created_at, updated_at)
          VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`,
        parameters: [threadId, documentId, folderId, question, at, at],
      },
      {
        sql: 'INSERT INTO question_answers (id, thread_id, body) VALUES (?, ?, ?)',
        parameters: [id, threadId, JSON.stringify(answer)],
      },
      ...sources.map((source) => ({
        sql: 'INSERT INTO question_sources (answer_id, document_id) VALUES (?, ?)',
        parameters: [id, source],
      })),
    ]
    const written = await this.#storage.transaction(statements)
    return written.ok ? ok(undefined) : written
  }

  /** Forgets a thread for good; answers whether there was one. */
  async remove(threadId: string): Promise<Result<boolean>> {
    const written = await this.#storage.run('DELETE FROM question_threads WHERE id = ?', [threadId])
    if (!written.ok) return written
    const cleaned = await this.#storage.all('PRAGMA wal_checkpoint(TRUNCATE)')
    return cleaned.ok ? ok(written.value.changes > 0) : cleaned
  }
}

function placeOf(scope: QuestionScope): { readonly documentId: string | null; readonly folderId: string | null } {
  return {
    documentId: 'documentId' in scope ? scope.documentId : null,
    folderId: 'folderId' in scope ? scope.folderId : null,
  }
}

function threadOf(value: unknown): QuestionThread {
  const { id, document_id: documentId, folder_id: folderId, title, answers, ...row } = threadRow.parse(value)
  const scope = documentId !== null ? { documentId } : folderId !== null ? { folderId } : ({ library: true } as const)
  return { id, scope, title, answers, createdAt: row.created_at, updatedAt: row.updated_at }
}
