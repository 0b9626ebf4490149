// A long document under the envelope of its job: several requests, each drafted and covered, and asked again after a restart.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CloudDraft } from '#contract/cloudDraft.ts'
import type { SummaryItem } from '#contract/summary.ts'
import type { Result } from '#contract/result.ts'
import { fail } from '#contract/result.ts'
import { type CloudFixture, drained, openCloud, valueOf } from '../../fakes/cloudFixture.ts'
import { type CloudServer, startCloudServer } from '../../fakes/cloudServer.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

let server: CloudServer
let fixture: CloudFixture

const text = Array.from(
  { length: 60 },
  (_, page) =>
    `On page ${page + 1} the commission says that pier ${page + 1} needs new planks before the winter comes. ` +
    `Its keeper, Dr. Erika Mustermann, can be asked at keeper${page + 1}@example.org about every detail of the work. ` +
    `The harbour will pay for the planks of pier ${page + 1} out of the fund that was set up after the storm.`,
)

beforeEach(async () => {
  const started = await startCloudServer({ tls: false })
  if (started === null) throw new Error('unreachable: a plain server needs no certificate')
  server = started
  fixture = await openCloud({ text })
  const model = { id: 'm', name: '', contextTokens: 4000, outputTokens: 1000 }
  const given = { kind: 'private' as const, name: 'House', baseUrl: `${server.baseUrl}/v1`, models: [model] }
  const { id } = valueOf(await fixture.client.call('cloud.add-endpoint', { ...given, inside: true, keyNeeded: false }))
  fixture.settings.set('cloudModel', `${id}/m`)
})
afterEach(async () => {
  await fixture[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

async function prepared(): Promise<CloudDraft> {
  const { client, documentId } = fixture
  return valueOf(await client.call('summaries.prepare-cloud', { documentId, preset: 'brief' })).draft
}

async function run({ id, request }: CloudDraft): Promise<{ items: SummaryItem[]; ending: Result<void> }> {
  const { client } = fixture
  const approving = { draftId: id, digest: request.digest, scope: 'document-job' as const }
  const { grantId } = valueOf(await client.call('cloud.approve', approving))
  const { jobId } = valueOf(await client.call('summaries.run-cloud', { grantId }))
  return drained(client.stream('summaries.follow', { jobId }))
}

test('every request is a draft of its own under the envelope, and the summary is tied to its pages', async () => {
  const draft = await prepared()
  expect(draft.requests).toBeGreaterThan(3)
  expect(draft.scopes.map(({ scope }) => scope)).toEqual(['document-job'])
  expect(
    await fixture.client.call('cloud.approve', { draftId: draft.id, digest: draft.request.digest, scope: 'once' }),
  ).toEqual(fail('invalid-input', { issues: ['scope'] }))
  for (let request = 0; request < draft.requests; request += 1) {
    server.next({
      kind: 'text',
      deltas: [`The harbour will pay for the planks of pier ${request + 1} out of the fund.`],
    })
  }
  const { items, ending } = await run(draft)
  valueOf(ending)
  const found = items.find((item) => item.type === 'summary')
  if (found?.type !== 'summary') throw new Error('no summary')
  expect(found.summary.coverage).toEqual({ unit: 'page', total: 60, read: 60, withoutText: [] })
  expect(found.summary.claims.every(({ supported }) => supported)).toBe(true)
  expect(found.summary.provenance).toMatchObject({ model: { sha256: '' }, cloud: { providerName: 'House' } })
  expect(server.requests.length).toBe(draft.requests)
  expect(server.requests.map(({ body }) => body)).toContain(draft.request.body)
  expect(server.requests.some(({ body }) => body.includes('@example.org'))).toBe(false)
  const entries = await fixture.entries()
  const digests = (event: string) => entries.filter((entry) => entry.event === event).map(({ digest }) => digest)
  expect(digests('attempt').toSorted()).toEqual(digests('grant').toSorted())
  const receipts = valueOf(await fixture.client.call('cloud.receipts', {}))
  expect(receipts.map(({ event }) => event).filter((event) => event === 'covered').length).toBe(draft.requests - 1)
  for (const { draftId } of receipts) {
    expect(valueOf(await fixture.client.call('cloud.draft', { draftId: draftId ?? '' })).state).toBe('sent')
  }
})

test('withdrawn in the middle, what is done stays, and preparing again asks for what is left only', async () => {
  const draft = await prepared()
  const held: (() => void)[] = []
  for (let request = 0; request < draft.requests; request += 1) {
    if (request < 2) server.next({ kind: 'text', deltas: ['The harbour pays for the planks out of the fund.'] })
    else server.next({ kind: 'answer', act: (_request, response) => void held.push(() => response.destroy()) })
  }
  const running = run(draft)
  await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBeGreaterThan(3)
  valueOf(await fixture.client.call('cloud.withdraw', { scopeId: 'all' }))
  const { ending } = await running
  for (const end of held) end()
  expect(ending.ok ? 'ok' : ending.failure.code).toMatch(/^(cloud-withdrawn|consent-required|consent-used)$/)
  const sent = server.requests.length
  const again = await prepared()
  expect(again.requests).toBeLessThan(draft.requests)
  expect(server.requests.length).toBe(sent)
})

test('after a restart in the middle no byte leaves, the job asks, and a new consent is for what is left', async () => {
  const storage = await openMemoryStorage()
  const before = await openCloud({ text, restart: { storage, run: 'before' } })
  const model = { id: 'm', name: '', contextTokens: 4000, outputTokens: 1000 }
  const given = { kind: 'private' as const, name: 'House', baseUrl: `${server.baseUrl}/v1`, models: [model] }
  const { id } = valueOf(await before.client.call('cloud.add-endpoint', { ...given, inside: true, keyNeeded: false }))
  const order = { documentId: before.documentId, preset: 'brief' as const, model: `${id}/m` }
  const { draft } = valueOf(await before.client.call('summaries.prepare-cloud', order))
  for (let request = 0; request < draft.requests; request += 1) {
    if (request < 2) server.next({ kind: 'text', deltas: ['The harbour pays for the planks out of the fund.'] })
    else server.next({ kind: 'answer', act: () => undefined })
  }
  const approving = { draftId: draft.id, digest: draft.request.digest, scope: 'document-job' as const }
  const { grantId } = valueOf(await before.client.call('cloud.approve', approving))
  const { jobId } = valueOf(await before.client.call('summaries.run-cloud', { grantId }))
  await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBeGreaterThan(3)
  await before[Symbol.asyncDispose]()
  const sent = server.requests.length

  const after = await openCloud({ text, restart: { storage, run: 'after' } })
  valueOf(await after.cloud.recover())
  valueOf(await after.jobs.recover())
  expect(valueOf(await after.jobs.resumeInterrupted()).map((job) => job.id)).toEqual([jobId])
  const resumed = await drained(after.client.stream('summaries.follow', { jobId }))
  expect(resumed.ending).toEqual(fail('consent-required', {}))
  expect(valueOf(await after.jobs.get(jobId))).toMatchObject({ state: 'failed', failure: { code: 'consent-required' } })
  // What was granted before, draft or grant, is worth nothing now, and nobody has an envelope open.
  expect(await after.client.call('summaries.run-cloud', { grantId })).toEqual(fail('consent-required', {}))
  expect((await after.client.call('cloud.approve', approving)).ok).toBe(false)
  expect(valueOf(await after.client.call('cloud.scopes', {}))).toEqual([])
  const asked = valueOf(await after.client.call('summaries.prepare-cloud', order))
  expect(asked.state).toBe('ask')
  expect(asked.draft.requests).toBeLessThan(draft.requests)
  expect(server.requests.length).toBe(sent)

  const again = { draftId: asked.draft.id, digest: asked.draft.request.digest, scope: 'document-job' as const }
  const next = valueOf(await after.client.call('cloud.approve', again))
  const job = valueOf(await after.client.call('summaries.run-cloud', { grantId: next.grantId }))
  await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBeGreaterThan(sent)
  expect(job.jobId).toBe(jobId)
  await after.jobs.stop(jobId)
  await after[Symbol.asyncDispose]()
  await storage.close()
})
