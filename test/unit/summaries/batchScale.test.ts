// A batch of thousands of documents: shown by as many statements as a batch of one.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { batch as batchSchema } from '#contract/batch.ts'
import type { Statement, Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { valueOf } from '../jobs/jobFixture.ts'
import { createBatchFixture } from './batchFixture.ts'
import { keepDocument, recordOf } from './summaryFixture.ts'

const many = 2000
const at = '2026-01-01T00:00:00.000Z'
const encrypted = { code: 'document-encrypted', details: { name: 'locked.pdf' } } as const

let storage: Storage
beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepDocument(storage, { ...recordOf([]), id: 'doc' })
})
afterEach(() => storage.close())

/** The storage, and how many statements have been read from it. */
function counted(): { readonly storage: Storage; statements(): number } {
  let statements = 0
  return {
    storage: {
      all: (sql, parameters) => ((statements += 1), storage.all(sql, parameters)),
      get: (sql, parameters) => ((statements += 1), storage.get(sql, parameters)),
      run: (sql, parameters) => storage.run(sql, parameters),
      transaction: (all) => storage.transaction(all),
      check: () => storage.check(),
      close: () => storage.close(),
    },
    statements: () => statements,
  }
}

function jobRow(id: string, kind: 'batch' | 'summary', state: string): Statement {
  return {
    sql: `INSERT INTO jobs (id, kind, document_id, title, priority, input, input_key, state, created_at, updated_at)
          VALUES (?, ?, ?, 'a', 'normal', '{}', ?, ?, ?, ?)`,
    parameters: [id, kind, kind === 'batch' ? null : 'doc', id, state, at, at],
  }
}

/** A batch on disk: every other document is summarized, one is left out, one's job went with its document. */
async function keepBatch(id: string, documents: number): Promise<void> {
  const parts = Array.from({ length: documents }, (_, place) => `${id}-${place}`)
  const rows = [...parts, 'left-out', 'gone'].map((part, place) => ({
    sql: `INSERT INTO batch_documents (batch_id, position, document_id, name, job_id, failure) VALUES (?, ?, ?, ?, ?, ?)`,
    parameters:
      part === 'left-out'
        ? [id, place, null, 'locked.pdf', null, JSON.stringify(encrypted)]
        : [id, place, 'doc', part, part, null],
  }))
  valueOf(
    await storage.transaction([
      jobRow(id, 'batch', 'running'),
      { sql: `INSERT INTO batches (job_id, preset) VALUES (?, 'brief')`, parameters: [id] },
      ...parts.map((part, place) => jobRow(part, 'summary', place % 2 === 0 ? 'done' : 'interrupted')),
      ...parts.flatMap((part, place): Statement[] => {
        const sql = `INSERT INTO summaries (id, job_id, document_id, body, created_at) VALUES (?, ?, 'doc', '{}', ?)`
        return place % 2 === 0 ? [{ sql, parameters: [`summary-${part}`, part, at] }] : []
      }),
      ...rows,
    ]),
  )
}

test('a list of batches and one batch take the same statements for 2,000 documents as for one', async () => {
  await keepBatch('small', 1)
  const seen = counted()
  const { batches } = await createBatchFixture(seen.storage, [])
  const statementsOf = async (work: () => Promise<unknown>): Promise<number> => {
    const before = seen.statements()
    await work()
    return seen.statements() - before
  }
  const small = { list: await statementsOf(() => batches.list()), get: await statementsOf(() => batches.get('small')) }
  expect(small).toEqual({ list: 4, get: 4 })
  await keepBatch('large', many)
  await keepBatch('larger', many)
  expect(await statementsOf(() => batches.list())).toBe(small.list)
  expect(await statementsOf(() => batches.get('large'))).toBe(small.get)
})

test('every document is shown as its own job stands', async () => {
  await keepBatch('large', many)
  await keepBatch('other', 3)
  const { batches } = await createBatchFixture(storage, [])
  const listed = valueOf(await batches.list())
  const large = listed.find(({ job }) => job.id === 'large')
  expect(large).toEqual(valueOf(await batches.get('large')))
  expect(batchSchema.parse(large)).toEqual(large)
  const plain = { documentId: 'doc', failure: null }
  expect(large?.documents.slice(0, 2)).toEqual([
    { ...plain, name: 'large-0', jobId: 'large-0', state: 'done', summaryId: 'summary-large-0' },
    { ...plain, name: 'large-1', jobId: 'large-1', state: 'interrupted', summaryId: null },
  ])
  const gone = { code: 'not-found', details: { what: 'document', id: 'doc' } }
  expect(large?.documents.slice(many)).toEqual([
    { documentId: null, name: 'locked.pdf', jobId: null, failure: encrypted, state: 'left-out', summaryId: null },
    { documentId: 'doc', name: 'gone', jobId: 'gone', failure: gone, state: 'left-out', summaryId: null },
  ])
  expect(listed.map(({ job, documents }) => [job.id, documents.length])).toEqual([
    ['other', 5],
    ['large', many + 2],
  ])
})
