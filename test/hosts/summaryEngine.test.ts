// Summaries with the real starter model, the real reader and a real database: the sample report, verbatim, on its pages.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DocumentRecord, Locator, Segment } from '#contract/document.ts'
import { ok } from '#contract/result.ts'
import type { Summary, SummaryPreset } from '#contract/summary.ts'
import { DocumentService } from '../../main/documents/documentService.ts'
import { JobService } from '../../main/jobs/jobService.ts'
import { PromptLibrary } from '../../main/prompts/promptLibrary.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { SummaryService } from '../../main/summaries/summaryService.ts'
import { createEngineHarness, nodeSpawn, starterModel, type EngineHarness } from '../fakes/engineHarness.ts'
import { createFakeLogger } from '../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../fakes/memoryStorage.ts'
import { valueOf } from '../unit/jobs/jobFixture.ts'
import { drained } from '../unit/summaries/summaryFixture.ts'

const resources = fileURLToPath(new URL('../../resources/', import.meta.url))
let engine: EngineHarness
let storage: Storage
let documents: DocumentService
let summaries: SummaryService
let report: DocumentRecord
let segments: readonly Segment[]

beforeAll(async () => {
  engine = createEngineHarness()
  storage = await openMemoryStorage()
  const common = { storage, logger: createFakeLogger(), now: () => new Date(), newId: randomUUID }
  documents = new DocumentService({ ...common, spawn: nodeSpawn, samplesFolder: `${resources}samples` })
  summaries = new SummaryService({
    ...common,
    jobs: new JobService({ ...common, announce: () => undefined }),
    documents,
    generator: engine.client,
    prompts: await PromptLibrary.load(`${resources}prompts`),
    chosenModel: () => Promise.resolve(ok(starterModel)),
  })
  for await (const item of documents.add(
    { path: `${resources}samples/harbour-report.pdf` },
    new AbortController().signal,
  )) {
    if (item.type === 'added') report = item.document
  }
  segments = valueOf(await documents.allSegments(report.id))
}, 60_000)

afterAll(async () => {
  await engine.client.close()
  await storage.close()
})

async function summarize(preset: SummaryPreset): Promise<Summary> {
  const { jobId } = valueOf(await summaries.start({ documentId: report.id, preset, seed: 0, fresh: false }))
  const { items, ending } = await drained(summaries.follow(jobId))
  expect(ending).toEqual(ok(undefined))
  const found = items.find((item) => item.type === 'summary')
  if (found?.type !== 'summary') throw new Error('the stream ended without a summary')
  return found.summary
}

/** The document's own text at a place. */
function textAt(locator: Locator): string {
  if (locator.kind !== 'page') return ''
  const segment = segments.find(
    ({ locator: each }) =>
      each.kind === 'page' && each.page === locator.page && each.start <= locator.start && each.end >= locator.end,
  )
  if (segment?.locator.kind !== 'page') return ''
  return segment.text.slice(locator.start - segment.locator.start, locator.end - segment.locator.start)
}

test.each([
  ['brief', 1, 4],
  ['detailed', 8, 22],
] as const)(
  'the sample report, %s: every claim verbatim at its place on its page',
  async (preset, least, most) => {
    const summary = await summarize(preset)
    expect(summary.claims.length).toBeGreaterThanOrEqual(least)
    expect(summary.claims.length).toBeLessThanOrEqual(most)
    for (const claim of summary.claims) {
      expect(claim.locators.map(textAt).join(' ').replace(/\s+/g, ' ')).toBe(claim.text)
      // How near the model's own copy came is the score; it differs in a word from one processor's arithmetic to the
      // next, so only the verdict is asked here. The claim is the source's sentence either way.
      expect(claim.supported).toBe(true)
    }
    expect(summary.coverage).toEqual({ unit: 'page', total: 6, read: 6, withoutText: [] })
    expect(summary.provenance).toMatchObject({
      documentSha256: report.sha256,
      model: { name: starterModel.name, sha256: starterModel.sha256 },
      prompt: { id: 'summary-extractive', version: '1' },
      mode: 'extractive',
      seed: 0,
    })
    expect(summary.steps.computed).toBeGreaterThan(1)
  },
  120_000,
)
