// Batches: a job per document, an overview over all, what is left out is named, nothing is done twice, one model throughout.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batchItem, overview as overviewSchema } from '#contract/batch.ts'
import { fail, ok } from '#contract/result.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { copyOpening, createFakeGenerator, fakeModel, fencedText, type Script } from '../../fakes/fakeGenerator.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { valueOf, whenIn } from '../jobs/jobFixture.ts'
import { batchDocument, createBatchFixture, folderFile, followed, type BatchFixture } from './batchFixture.ts'
import { keepDocument } from './summaryFixture.ts'

const documents = [batchDocument('alpha', 3, 1), batchDocument('beta', 4, 2), batchDocument('gamma', 5, 3)]
const encrypted = { code: 'document-encrypted', details: { name: 'locked.pdf' } } as const
const files = [
  ...documents.map(({ record }) => folderFile(record.name, record.id)),
  folderFile('locked.pdf', null, encrypted),
  folderFile('late.pdf', null),
]

let storage: Storage
let open: BatchFixture[]
beforeEach(async () => {
  storage = await openMemoryStorage()
  open = []
  for (const { record } of documents) await keepDocument(storage, record)
})
afterEach(async () => {
  for (const { jobs } of open) await jobs.close()
  await storage.close()
})

async function fixture(generator = createFakeGenerator(), prefix = 'id'): Promise<BatchFixture> {
  const made = await createBatchFixture(storage, documents, files, generator, prefix)
  open.push(made)
  return made
}

describe('a folder', () => {
  test('every document is summarized; the overview names its sources and everything left out', async () => {
    const { batches, jobs } = await fixture()
    const { jobId } = valueOf(await batches.start({ folderId: 'f1', preset: 'brief' }))
    const { first, items, ending } = await followed(batches.follow(jobId))
    for (const item of items) expect(batchItem.parse(item)).toEqual(item)
    expect(first?.documents.map(({ name, state }) => [name, state]).slice(3)).toEqual([
      ['locked.pdf', 'left-out'],
      ['late.pdf', 'left-out'],
    ])
    expect([items.at(-1), ending]).toEqual([{ type: 'finished', reason: 'complete' }, ok(undefined)])
    const { overview, ...batch } = valueOf(await batches.get(jobId))
    expect(overviewSchema.parse(overview)).toEqual(overview)
    expect(batch.job).toMatchObject({ title: 'Contracts', state: 'done', doneSteps: 4, totalSteps: 4 })
    expect(batch.documents.slice(0, 3).map(({ state, summaryId }) => [state, summaryId !== null])).toEqual([
      ['done', true],
      ['done', true],
      ['done', true],
    ])
    expect(overview?.leftOut).toEqual([
      { name: 'locked.pdf', failure: encrypted },
      { name: 'late.pdf', failure: { code: 'document-not-read', details: { name: 'late.pdf' } } },
    ])
    expect(new Set(overview?.claims.map(({ documentId }) => documentId))).toEqual(new Set(['alpha', 'beta', 'gamma']))
    for (const claim of overview?.claims ?? []) {
      const [locator] = claim.locators
      const source = documents.find(({ record }) => record.id === claim.documentId)
      const page = locator?.kind === 'page' ? source?.segments[locator.page - 1]?.text : undefined
      expect(page).toContain(claim.text)
      expect(overview?.text).toContain(claim.text)
    }
    expect(overview?.provenance).toMatchObject({ mode: 'extractive', prompt: { id: 'best-claims', version: '1' } })
    expect(valueOf(await batches.list()).map(({ job }) => job.id)).toEqual([jobId])
    expect(valueOf(await jobs.list()).filter(({ parentId }) => parentId === jobId)).toHaveLength(3)
  })

  test('asked for again, nothing is computed twice; a follower who comes late gets all of it', async () => {
    const first = await fixture()
    const { jobId } = valueOf(await first.batches.start({ folderId: 'f1', preset: 'brief' }))
    await followed(first.batches.follow(jobId))
    const asked = first.generator.requests.length
    expect(valueOf(await first.batches.start({ folderId: 'f1', preset: 'brief' })).jobId).toBe(jobId)
    const { items } = await followed(first.batches.follow(jobId))
    expect(items.map(({ type }) => type)).toEqual(expect.arrayContaining(['batch', 'overview', 'finished']))
    expect(first.generator.requests).toHaveLength(asked)
  })

  test('a document that cannot be summarized is named with its reason, the others are there', async () => {
    const failing: Script = (request) =>
      fencedText(request).includes('beta') ? fail('engine-out-of-memory', {}) : copyOpening(request)
    const { batches } = await fixture(createFakeGenerator(failing))
    const { jobId } = valueOf(await batches.start({ folderId: 'f1', preset: 'brief' }))
    expect((await followed(batches.follow(jobId))).ending).toEqual(ok(undefined))
    const { overview, documents: after } = valueOf(await batches.get(jobId))
    expect(after[1]).toMatchObject({ name: 'beta.pdf', state: 'failed', failure: { code: 'engine-out-of-memory' } })
    expect(overview?.leftOut[0]).toEqual({
      name: 'beta.pdf',
      failure: { code: 'engine-out-of-memory', details: {} },
    })
    expect(overview?.summaries).toBe(2)
  })

  test('nothing with text in it fails at once; nothing that can be summarized fails in the end', async () => {
    const none = await createBatchFixture(storage, documents, files.slice(3), createFakeGenerator(), 'none')
    open.push(none)
    expect(await none.batches.start({ folderId: 'f1', preset: 'brief' })).toEqual(
      fail('batch-empty', { name: 'Contracts', files: 2 }),
    )
    expect(await none.batches.start({ folderId: 'other', preset: 'brief' })).toEqual(
      fail('not-found', { what: 'folder', id: 'other' }),
    )
    const { batches } = await fixture(createFakeGenerator(() => fail('engine-out-of-memory', {})))
    const { jobId } = valueOf(await batches.start({ folderId: 'f1', preset: 'brief' }))
    expect((await followed(batches.follow(jobId))).ending).toEqual(fail('batch-empty', { name: 'Contracts', files: 5 }))
  })
})

describe('chosen documents', () => {
  test('in the model’s own words: every claim leads to a document', async () => {
    const generator = createFakeGenerator(copyOpening, { ...fakeModel, summaryMode: 'free' })
    const { batches } = await fixture(generator)
    const { jobId } = valueOf(await batches.start({ documentIds: ['alpha', 'gamma', 'alpha'], preset: 'brief' }))
    await followed(batches.follow(jobId))
    const { overview, job } = valueOf(await batches.get(jobId))
    expect([job.title, job.state]).toEqual(['alpha.pdf + 1', 'done'])
    expect(overview?.provenance).toMatchObject({ mode: 'free', prompt: { id: 'summary-reduce-brief' } })
    const traced = overview?.claims.filter(({ documentId }) => documentId !== null) ?? []
    expect(traced.length).toBeGreaterThan(0)
    for (const claim of traced) expect(claim.locators.length).toBeGreaterThan(0)
    expect(await batches.start({ documentIds: ['nobody'], preset: 'brief' })).toEqual(
      fail('not-found', { what: 'document', id: 'nobody' }),
    )
  })

  test('the same documents chosen in another order are the same batch; others are another', async () => {
    const { batches } = await fixture()
    const start = async (...documentIds: string[]) =>
      valueOf(await batches.start({ documentIds, preset: 'brief' })).jobId
    const first = await start('alpha', 'gamma')
    await followed(batches.follow(first))
    expect(await start('gamma', 'alpha')).toBe(first)
    const other = await start('gamma')
    expect(other).not.toBe(first)
    await followed(batches.follow(other))
  })

  test('killed in the middle: the next process goes on and asks nothing twice', async () => {
    const stuck = Promise.withResolvers<void>()
    const dying: Script = (request) => {
      if (!fencedText(request).includes('gamma')) return copyOpening(request)
      stuck.resolve()
      return new Promise(() => undefined)
    }
    const dead = await createBatchFixture(storage, documents, files, createFakeGenerator(dying), 'dead')
    const order = { documentIds: ['alpha', 'beta', 'gamma'], preset: 'brief' } as const
    const { jobId } = valueOf(await dead.batches.start({ ...order, documentIds: [...order.documentIds] }))
    await stuck.promise
    const { batches, jobs, generator } = await fixture(createFakeGenerator(), 'next')
    valueOf(await jobs.recover())
    valueOf(await jobs.resumeInterrupted())
    await whenIn(jobs, jobId, ['done'])
    expect(generator.requests.every((request) => fencedText(request).includes('gamma'))).toBe(true)
    expect(valueOf(await batches.get(jobId)).overview?.summaries).toBe(3)
  })
})

describe('another model is chosen meanwhile', () => {
  const other = { ...fakeModel, modelId: 'other', name: 'Other', sha256: 'e'.repeat(64) }

  async function switched() {
    const reached = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const script: Script = async (request) => {
      if (fencedText(request).includes('beta')) {
        reached.resolve()
        await go.promise
      }
      return copyOpening(request)
    }
    const generator = createFakeGenerator(script)
    const load: typeof generator.load = (_, modelId) => Promise.resolve(ok(modelId === 'other' ? other : fakeModel))
    const made = await fixture({ ...generator, load })
    const { jobId } = valueOf(await made.batches.start({ documentIds: ['alpha', 'beta', 'gamma'], preset: 'brief' }))
    await reached.promise
    made.chosen.model = other
    go.resolve()
    await new Promise<void>((resolve) => {
      const stop = made.jobs.watch(jobId, ({ waitsFor }) => {
        if (waitsFor !== 'model-choice') return
        stop()
        resolve()
      })
    })
    return { ...made, jobId }
  }

  test('the batch asks once, and finishes with the model it began with', async () => {
    const { jobs, jobId, generator } = await switched()
    expect(valueOf(await jobs.get(jobId)).modelChoice).toEqual({ began: 'Fake', chosen: 'Other' })
    valueOf(await jobs.chooseModel(jobId, 'began'))
    await whenIn(jobs, jobId, ['done'])
    expect(new Set(generator.requests.map(({ modelId }) => modelId))).toEqual(new Set(['fake']))
  })

  test('or starts over with the new one: no step of the old model is in what is made now', async () => {
    const { jobs, batches, jobId, generator } = await switched()
    const asked = generator.requests.length
    valueOf(await jobs.chooseModel(jobId, 'chosen'))
    await whenIn(jobs, jobId, ['done'])
    expect(new Set(generator.requests.slice(asked).map(({ modelId }) => modelId))).toEqual(new Set(['other']))
    const { documents: made, overview } = valueOf(await batches.get(jobId))
    expect(made.map(({ state }) => state)).toEqual(['done', 'done', 'done'])
    const shown = generator.requests.slice(asked).map(fencedText).join(' ')
    for (const { name } of made) expect(shown).toContain(name.replace('.pdf', ' ward'))
    expect(overview?.summaries).toBe(3)
  })
})
