// The queue and a batch as they look in every state: at work, resting, asking, failed, half done, done.
import type { Page } from '@playwright/test'
import type { Batch, BatchDocument } from '#contract/batch.ts'
import type { Job } from '#contract/job.ts'
import { sampleJob } from '../fakes/sampleJob.ts'
import type { Answers } from './alteredAnswers.ts'
import type { RoomState } from './roomState.ts'
import type { Words } from './words.ts'

const batchJob = sampleJob({
  id: 'b1',
  kind: 'batch',
  title: 'Contracts 2026',
  state: 'running',
  waitsFor: 'parts',
  doneSteps: 2,
  totalSteps: 6,
  remainingMs: 410_000,
})

const parts: readonly Job[] = [
  sampleJob({ id: 'p3', parentId: 'b1', state: 'running', doneSteps: 3, totalSteps: 8, remainingMs: 110_000 }),
  sampleJob({ id: 'p4', parentId: 'b1', waitsFor: 'turn', place: 1, totalSteps: 5, remainingMs: 300_000 }),
]

const owed: readonly Job[] = [
  batchJob,
  sampleJob({
    id: 'q1',
    title: 'Thornmouth Harbour: Annual Report',
    state: 'running',
    waitsFor: 'chat',
    doneSteps: 1,
    totalSteps: 12,
  }),
  sampleJob({ id: 'q2', title: 'Minutes.docx', waitsFor: 'turn', place: 2, totalSteps: 4 }),
  sampleJob({
    id: 'q3',
    title: 'Dredging plan with a name that is longer than any line has room for.pdf',
    state: 'paused',
    doneSteps: 5,
    totalSteps: 9,
    remainingMs: 240_000,
  }),
]

const asking = sampleJob({
  id: 'q4',
  title: 'Lease.pdf',
  waitsFor: 'model-choice',
  modelChoice: { began: 'Sotto starter', chosen: 'Qwen3.5 4B' },
  doneSteps: 2,
  totalSteps: 7,
})

const ended: readonly Job[] = [
  sampleJob({
    id: 'e1',
    title: 'Budget.xlsx',
    state: 'failed',
    doneSteps: 2,
    failure: { code: 'engine-out-of-memory', details: {} },
  }),
  sampleJob({ id: 'e2', title: 'Tide tables.txt', state: 'stopped', doneSteps: 1 }),
  sampleJob({ id: 'e3', title: 'Meeting notes.md', state: 'done', doneSteps: 4 }),
]

function documentsOf(documentId: string): readonly BatchDocument[] {
  const made = { documentId, failure: null, summaryId: null }
  return [
    { ...made, name: 'Lease.pdf', jobId: 'p1', state: 'done', summaryId: 's1' },
    {
      ...made,
      name: 'Loan of the dredger “Wenna”, with its annexes and both amendments.docx',
      jobId: 'p2',
      state: 'done',
      summaryId: 's2',
    },
    { ...made, name: 'Pier repairs.pdf', jobId: 'p3', state: 'running' },
    { ...made, name: 'Insurance.odt', jobId: 'p4', state: 'queued' },
    {
      ...made,
      name: 'Ferry timetable.csv',
      jobId: 'p5',
      state: 'failed',
      failure: { code: 'engine-out-of-memory', details: {} },
    },
    {
      documentId: null,
      name: 'Scan.pdf',
      jobId: null,
      state: 'left-out',
      failure: { code: 'document-without-text', details: { name: 'Scan.pdf', unit: 'page', total: 3 } },
      summaryId: null,
    },
  ]
}

function batchOf(documentId: string, job: Job): Batch {
  return {
    job,
    folderId: 'f1',
    preset: 'brief',
    instruction: null,
    documents: [...documentsOf(documentId)],
    overview: null,
  }
}

/** The same batch with none of its documents in work. */
function resting(batch: Batch, state: 'paused' | 'stopped'): Batch {
  const atRest = (one: BatchDocument) => (one.state === 'running' || one.state === 'queued' ? { ...one, state } : one)
  return { ...batch, documents: batch.documents.map(atRest) }
}

/** The same batch at its end: one document failed, one was left out, the others are in the overview. */
function finished(documentId: string): Batch {
  const job = { ...batchJob, state: 'done' as const, waitsFor: null, doneSteps: 6, remainingMs: null }
  const { documents, ...batch } = batchOf(documentId, job)
  const claim = { supported: true, score: 0.9, support: 'verbatim' as const, notes: [], documentId }
  const page = (number: number) => [{ kind: 'page' as const, page: number, start: 0, end: 90 }]
  return {
    ...batch,
    documents: documents.map((one) =>
      one.state === 'running' || one.state === 'queued' ? { ...one, state: 'done', summaryId: one.jobId } : one,
    ),
    overview: {
      text: '',
      claims: [
        {
          ...claim,
          text: 'The lease runs to 31 December 2031 and may be ended by either side with six months’ notice.',
          locators: [...page(1), ...page(3)],
        },
        { ...claim, text: 'The dredger is lent without a crew; fuel is paid by the borrower.', locators: page(2) },
        {
          ...claim,
          text: 'Repairs to the north pier cost £240,000.',
          locators: [],
          supported: false,
          documentId: null,
        },
      ],
      summaries: 4,
      leftOut: documents.flatMap(({ name, state, failure }) =>
        state === 'left-out' || state === 'failed' ? [{ name, failure }] : [],
      ),
      provenance: {
        documentSha256: null,
        model: { name: 'Qwen3.5 4B', sha256: '4f1c0b9e'.repeat(8) },
        prompt: { id: 'batch-overview', version: '1' },
        mode: 'free',
        seed: 0,
        createdAt: '2026-11-20T10:00:00.000Z',
      },
    },
  }
}

async function openQueue(page: Page, say: Words): Promise<void> {
  await page.getByRole('button', { name: new RegExp(say('jobs.line.open')) }).click()
  await page.getByRole('dialog').getByRole('listitem').first().waitFor()
}

/** States of the queue and of a batch; `documentId` is a document the host has. */
export function jobStates(documentId: string): readonly RoomState[] {
  const hash = `#/documents/${documentId}`
  const batchHash = `#/documents/${encodeURIComponent('batch:b1')}`
  const shown = (batch: Batch, jobs: readonly Job[]): Answers => ({
    'jobs.list': () => [...jobs],
    'batches.follow': () => [{ type: 'batch', batch }],
  })
  const failed = { ...batchJob, state: 'failed' as const, waitsFor: null, failure: asFailure('disk-full') }
  const rests = { ...batchJob, state: 'paused' as const, waitsFor: null }
  const done = finished(documentId)
  return [
    { name: 'jobs-queue', hash, answers: { 'jobs.list': () => [...owed, ...parts, ...ended] }, act: openQueue },
    { name: 'jobs-asking', hash, answers: { 'jobs.list': () => [asking, ...ended.slice(0, 1)] }, act: openQueue },
    {
      name: 'jobs-paused',
      hash,
      answers: {
        'jobs.list': () => [sampleJob({ documentId, state: 'paused', doneSteps: 3, totalSteps: 8 })],
        'summaries.list': () => [],
        'summaries.follow': () => [],
      },
      act: (page, say) => page.getByText(say('documents.run.paused')).first().waitFor(),
    },
    { name: 'batch-working', hash: batchHash, answers: shown(batchOf(documentId, batchJob), [batchJob, ...parts]) },
    { name: 'batch-paused', hash: batchHash, answers: shown(resting(batchOf(documentId, rests), 'paused'), [rests]) },
    {
      name: 'batch-failing',
      hash: batchHash,
      answers: shown(resting(batchOf(documentId, failed), 'stopped'), [failed]),
    },
    { name: 'batch-done', hash: batchHash, answers: shown(done, [done.job]) },
  ]
}

function asFailure(code: 'disk-full'): NonNullable<Job['failure']> {
  return { code, details: { folder: 'data' } }
}
