// `sotto jobs`, and `sotto summarize` of more than one file: what is asked, what is printed, how it ends.
import { expect, test } from 'vitest'
import type { Batch } from '#contract/batch.ts'
import { fail, ok } from '#contract/result.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { sampleJob } from '../../../fakes/sampleJob.ts'
import { runFakeCli } from './fakeCli.ts'
import { adding, document, summary } from './samples.ts'

const failed = { code: 'engine-out-of-memory', details: {} } as const

test('the list: one line per job with what it waits for, how far it is and what is left', async () => {
  const handlers: Partial<Handlers> = {
    'jobs.list': async () =>
      ok([
        sampleJob({ id: 'j2', title: 'b.pdf', waitsFor: 'model-choice', doneSteps: 2, remainingMs: 120_000 }),
        sampleJob({ id: 'j1', title: 'a.pdf', state: 'failed', failure: failed, doneSteps: 1 }),
      ]),
  }
  const { code, output, orders } = await runFakeCli(['jobs'], { handlers })
  expect([code, orders[0]?.mode]).toEqual([0, 'beside'])
  expect(output.split('\n').slice(0, 2)).toEqual([
    'j2  b.pdf · waits for your answer · 2 of 4 steps · about 2 minutes left',
    'j1  a.pdf · failed · 1 of 4 steps',
  ])
  const json = await runFakeCli(['jobs', '--json'], { handlers })
  expect((JSON.parse(json.output) as { jobs: unknown[] }).jobs).toHaveLength(2) // as: printed by its own schema
})

test.each(['pause', 'stop'] as const)(
  '%s answers the job; a job that is not there is a coded failure',
  async (action) => {
    const handlers: Partial<Handlers> = {
      [`jobs.${action}`]: async ({ jobId }: { jobId: string }) =>
        jobId === 'j1'
          ? ok(sampleJob({ state: action === 'pause' ? 'paused' : 'stopped' }))
          : fail('not-found', { what: 'job', id: jobId }),
    }
    const { code, output, orders } = await runFakeCli(['jobs', action, 'j1'], { handlers })
    expect([code, orders[0]?.mode, output.split('\n')[0]]).toEqual([
      0,
      'own',
      `j1  report.pdf · ${action === 'pause' ? 'paused' : 'stopped'} · 0 of 4 steps`,
    ])
    expect((await runFakeCli(['jobs', action, 'nobody'], { handlers })).code).toBe(1)
  },
)

test('several files are one batch: the overview by document, and everything that is not in it', async () => {
  const [claim] = summary.claims
  if (claim === undefined) throw new Error('the sample has a claim')
  const batch: Batch = {
    job: sampleJob({ kind: 'batch', state: 'done' }),
    folderId: null,
    preset: 'brief',
    instruction: null,
    documents: [
      {
        documentId: document.id,
        name: document.name,
        jobId: 'p1',
        state: 'done',
        failure: null,
        summaryId: summary.id,
      },
    ],
    overview: {
      text: claim.text,
      claims: [{ ...claim, documentId: document.id }],
      summaries: 1,
      leftOut: [{ name: 'broken.pdf', failure: failed }],
      provenance: summary.provenance,
    },
  }
  const asked: unknown[] = []
  const handlers: Partial<Handlers> = {
    ...adding,
    'batches.start': async (input) => {
      asked.push(input)
      return ok({ jobId: 'b1' })
    },
    'batches.follow': async function* () {
      yield { type: 'batch', batch }
      yield { type: 'finished', reason: 'complete' }
      return ok(undefined)
    },
    'batches.get': async () => ok(batch),
    'summaries.list': async () => ok([summary]),
  }
  const files = [document.path, '/somewhere/x.pdf']
  const { code, output, errors } = await runFakeCli(['summarize', ...files], { handlers })
  expect(code, errors).toBe(0)
  expect(asked).toEqual([{ documentIds: [document.id], preset: 'brief' }])
  expect(output).toContain('Overview of 1 document')
  expect(output).toContain(document.name)
  expect(output).toContain(claim.text.slice(0, 20))
  for (const name of ['x.pdf', 'broken.pdf']) expect(output).toContain(`${name}: `)
  const json = await runFakeCli(['summarize', ...files, '--json'], { handlers })
  expect(JSON.parse(json.output)).toMatchObject({
    overview: { claims: [{ document: document.name }] },
    summaries: [{ name: document.name }],
    leftOut: [
      { name: 'x.pdf', failure: { code: 'file-missing' } },
      { name: 'broken.pdf', failure: { code: 'engine-out-of-memory' } },
    ],
  })
})

test('steps side by side are handed to the session', async () => {
  const { orders } = await runFakeCli(['summarize', 'a.pdf', '--at-once', '4'])
  expect(orders).toEqual([{ folder: null, mode: 'own', modelPath: null, atOnce: 4 }])
})
