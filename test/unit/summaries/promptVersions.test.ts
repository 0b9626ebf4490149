// A prompt changes: what was made with the old one stays as it was, and nothing of both is mixed.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { parsePrompt, type PromptTemplate } from '../../../main/prompts/logic/promptTemplate.ts'
import { PromptLibrary } from '../../../main/prompts/promptLibrary.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { SummaryService } from '../../../main/summaries/summaryService.ts'
import { createFakeGenerator, fakeModel, type FakeGenerator } from '../../fakes/fakeGenerator.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { createJobFixture, valueOf } from '../jobs/jobFixture.ts'
import { keepDocument, recordOf, reportSegments, summarized, type SummaryFixture } from './summaryFixture.ts'

const folder = fileURLToPath(new URL('../../../resources/prompts/', import.meta.url))
const segments = reportSegments(12)
const document = recordOf(segments)

let storage: Storage
let shipped: readonly PromptTemplate[]
beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepDocument(storage, document)
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md'))
  shipped = await Promise.all(names.map(async (name) => parsePrompt(await readFile(folder + name, 'utf8'))))
})
afterEach(() => storage.close())

/** A process with these prompts. */
function processWith(prompts: PromptLibrary, prefix: string, generator: FakeGenerator): SummaryFixture {
  const { jobs } = createJobFixture(storage, prefix)
  let ids = 0
  const summaries = new SummaryService({
    storage,
    jobs,
    documents: { get: async () => ok(document), allSegments: async () => ok(segments) },
    generator,
    prompts,
    chosenModel: async () => ok(fakeModel),
    now: () => new Date(Date.UTC(2026, 0, 2, prefix.length)),
    newId: () => `${prefix}-summary-${(ids += 1)}`,
  })
  return { summaries, jobs, generator }
}

/** The shipped prompts with the extractive one said otherwise, the old one kept. */
function changedLibrary(): PromptLibrary {
  const old = shipped.filter(({ id }) => id === 'summary-extractive')
  const changed = shipped.map((prompt) =>
    prompt.id === 'summary-extractive'
      ? { ...prompt, version: '2', template: prompt.template.replace('Summarize', 'Sum up') }
      : prompt,
  )
  return new PromptLibrary(changed, old)
}

test('a new version: the old summary is untouched, the new one is another job, and no step is shared', async () => {
  const before = processWith(new PromptLibrary(shipped), 'old', createFakeGenerator())
  const first = await summarized(before)
  const stored = valueOf(await storage.all('SELECT * FROM summaries'))

  const changed = changedLibrary()
  const after = processWith(changed, 'newer', createFakeGenerator())
  const second = await summarized(after)
  expect(second.provenance.prompt).toEqual({ id: 'summary-extractive', version: '2' })
  expect([second.steps.reused, second.jobId === first.jobId]).toEqual([0, false])
  expect(after.generator.requests.every(({ turns }) => turns[0]?.text.startsWith('Sum up'))).toBe(true)
  expect(valueOf(await storage.all('SELECT * FROM summaries ORDER BY created_at LIMIT 1'))).toEqual(stored)
  expect(valueOf(await after.summaries.list('doc')).map(({ id }) => id)).toEqual([second.id, first.id])

  const { id, version } = first.provenance.prompt
  expect(changed.find(id, version)).toMatchObject({ ok: true, value: { version: '1', current: false } })
})

test('the old version again: its job is found, and nothing is computed', async () => {
  const first = await summarized(processWith(new PromptLibrary(shipped), 'old', createFakeGenerator()))
  await summarized(processWith(changedLibrary(), 'newer', createFakeGenerator()))
  const back = processWith(new PromptLibrary(shipped), 'back', createFakeGenerator())
  expect((await summarized(back)).id).toBe(first.id)
  expect(back.generator.requests).toEqual([])
})
