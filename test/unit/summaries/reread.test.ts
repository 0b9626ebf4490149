// "Read page 7 again": only the steps with page 7 in them are computed anew, and what gave no text costs nothing.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail, ok, type Result } from '#contract/result.ts'
import { RereadService } from '../../../main/summaries/rereadService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { valueOf } from '../jobs/jobFixture.ts'
import {
  createSummaryFixture,
  drained,
  keepDocument,
  recordOf,
  reportSegments,
  summarized,
  type SummaryFixture,
} from './summaryFixture.ts'

const segments = reportSegments(40)
const signal = new AbortController().signal

let storage: Storage
let fixture: SummaryFixture
beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepDocument(storage, recordOf(segments))
  fixture = await createSummaryFixture(storage, segments)
})
afterEach(() => storage.close())

type Read = { readonly charactersBefore: number; readonly characters: number }

function rereads(read: Result<Read>): RereadService {
  let ids = 0
  const documents = { rereadUnit: () => Promise.resolve(read) }
  return new RereadService({ storage, documents, summaries: fixture.summaries, newId: () => `again-${(ids += 1)}` })
}

test('the step with the page in it is asked again, the others come from storage', async () => {
  const first = await summarized(fixture, { preset: 'detailed' })
  const asked = fixture.generator.requests.length
  const answer = valueOf(await rereads(ok({ charactersBefore: 900, characters: 900 })).reread(first.id, 7, signal))
  expect({ ...answer, jobId: answer.jobId !== null && answer.jobId !== first.jobId }).toEqual({
    charactersBefore: 900,
    characters: 900,
    jobId: true,
  })
  const { items } = await drained(fixture.summaries.follow(answer.jobId ?? ''))
  const made = items.find((item) => item.type === 'summary')
  if (made?.type !== 'summary') throw new Error('no summary')
  const again = fixture.generator.requests.slice(asked)
  expect(again.map(({ turns }) => /In year 1906 /.test(turns[0]?.text ?? ''))).toEqual([true])
  expect(made.summary.steps).toEqual({ computed: 1, reused: first.steps.computed - 1 })
  expect(valueOf(await fixture.summaries.list('doc')).map(({ id }) => id)).toContain(first.id)
})

test('twice: each time it is asked for, it is done', async () => {
  const first = await summarized(fixture)
  const service = rereads(ok({ charactersBefore: 900, characters: 900 }))
  const jobs = [await service.reread(first.id, 7, signal), await service.reread(first.id, 7, signal)]
  const ids = jobs.map((job) => valueOf(job).jobId)
  for (const id of ids) await drained(fixture.summaries.follow(id ?? ''))
  expect(new Set(ids).size).toBe(2)
})

test('still no text: nothing to redo; failures are passed on; a summary that is gone is not found', async () => {
  const first = await summarized(fixture)
  expect(await rereads(ok({ charactersBefore: 0, characters: 0 })).reread(first.id, 41, signal)).toEqual(
    ok({ charactersBefore: 0, characters: 0, jobId: null }),
  )
  const changed = fail('document-changed', { name: 'report.pdf' })
  expect(await rereads(changed).reread(first.id, 7, signal)).toEqual(changed)
  expect(await rereads(changed).reread('gone', 7, signal)).toEqual(fail('not-found', { what: 'summary', id: 'gone' }))
})
