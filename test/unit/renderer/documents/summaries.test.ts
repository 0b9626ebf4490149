// Summaries in the window: started, followed, stopped, resumed, joined again after a reload.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fail, failureOf, ok } from '../../../../preload/contract/result.ts'
import { createFakeStore, type FakeStore } from './fakeStore.ts'
import { jobOf, summaryOf } from './records.ts'

const progress = {
  type: 'progress',
  stage: 'reading',
  doneSteps: 1,
  totalSteps: 4,
  units: { from: 2, to: 3 },
  remainingMs: 9000,
}
const gist = [{ text: 'It rained.', locators: [], score: 1 }]

let fake: FakeStore

beforeEach(() => {
  fake = createFakeStore()
  fake.store.setState({ route: { room: 'documents', id: 'd' } })
  fake.answers['summaries.gist'] = () => ok(gist)
  fake.answers['summaries.start'] = () => ok({ jobId: 'j1' })
  fake.answers['jobs.stop'] = () => ok(jobOf('d', 'stopped'))
  fake.answers['jobs.resume'] = () => ok(jobOf('d', 'queued'))
})

function run() {
  return fake.store.getState().summaryRuns['d']
}

/** Begins a run that goes on by itself. */
async function begin(): Promise<void> {
  void fake.store.getState().startSummary('d')
  await vi.waitFor(() => expect(fake.streams.length).toBe(1))
}

describe('a run', () => {
  test('shows progress and parts, then the summary, then nothing of itself', async () => {
    const running = fake.store.getState().startSummary('d')
    await vi.waitFor(() => expect(fake.streams.length).toBe(1))
    const queue = fake.streams[0]?.queue
    for (const item of [{ type: 'planned', chunks: 2, steps: 4, reused: 0 }, progress]) queue?.put(item)
    queue?.put({ type: 'partial', chunk: 1, text: 'Later.' })
    queue?.put({ type: 'partial', chunk: 0, text: 'First.' })
    await vi.waitFor(() => expect(run()?.partials).toEqual({ 0: 'First.', 1: 'Later.' }))
    expect(run()).toMatchObject({ jobId: 'j1', preset: 'brief', phase: 'working', progress })
    queue?.put({ type: 'summary', summary: summaryOf('d') })
    queue?.put({ type: 'finished', reason: 'complete' })
    queue?.end(ok(undefined))
    await running
    expect([run(), fake.store.getState().summaries['d']]).toEqual([undefined, [summaryOf('d')]])
  })

  test('carries the instruction only for one of the own kind', async () => {
    fake.store.getState().writeInstruction('the cost')
    void fake.store.getState().startSummary('d')
    fake.store.getState().choosePreset('own')
    void fake.store.getState().startSummary('d', true)
    const inputs = fake.calls.filter(({ method }) => method === 'summaries.start').map(({ input }) => input)
    expect(inputs).toEqual([
      { documentId: 'd', preset: 'brief', fresh: false },
      { documentId: 'd', preset: 'own', fresh: true, instruction: 'the cost' },
    ])
  })

  test('that cannot start says why, and can be tried again', async () => {
    fake.answers['summaries.start'] = () => fail('model-not-installed', {})
    await fake.store.getState().startSummary('d')
    expect(run()).toMatchObject({ phase: 'failed', failure: { code: 'model-not-installed' } })
    fake.answers['summaries.start'] = () => ok({ jobId: 'j1' })
    void fake.store.getState().resumeSummary('d')
    await vi.waitFor(() => expect(run()).toMatchObject({ phase: 'working', jobId: 'j1' }))
  })

  test('that fails keeps its parts', async () => {
    const running = fake.store.getState().startSummary('d')
    await vi.waitFor(() => expect(fake.streams.length).toBe(1))
    fake.streams[0]?.queue.put({ type: 'partial', chunk: 0, text: 'First.' })
    fake.streams[0]?.queue.end(fail('engine-crashed', {}))
    await running
    expect(run()).toMatchObject({
      phase: 'failed',
      failure: failureOf('engine-crashed', {}),
      partials: { 0: 'First.' },
    })
  })

  test('stops, keeps what was read, and goes on', async () => {
    await begin()
    const stopping = fake.store.getState().stopSummary()
    expect(run()?.phase).toBe('stopping')
    await stopping
    fake.streams[0]?.queue.put({ type: 'finished', reason: 'stopped' })
    fake.streams[0]?.queue.end(ok(undefined))
    await vi.waitFor(() => expect(run()?.phase).toBe('stopped'))
    void fake.store.getState().resumeSummary('d')
    await vi.waitFor(() => expect(fake.streams.length).toBe(2))
    expect([run()?.phase, fake.streams[1]?.input]).toEqual(['working', { jobId: 'j1' }])
  })
})

describe('opening a document', () => {
  test('shows gist and earlier summaries at once, and the kind made last', async () => {
    const detailed = summaryOf('d', { preset: 'detailed' })
    fake.answers['summaries.list'] = () => ok([detailed])
    await fake.store.getState().loadSummaries('d')
    const { gists, summaries, preset } = fake.store.getState()
    expect([gists['d'], summaries['d'], preset]).toEqual([ok(gist), [detailed], 'detailed'])
  })

  test('joins the job that runs; what it was shows when it is done', async () => {
    fake.answers['jobs.list'] = () => ok([jobOf('other', 'running'), jobOf('d', 'running')])
    await fake.store.getState().loadSummaries('d')
    expect(run()).toMatchObject({ jobId: 'j1', preset: null, phase: 'working' })
    fake.streams[0]?.queue.put({ type: 'summary', summary: summaryOf('d', { preset: 'bullets' }) })
    await vi.waitFor(() => expect(fake.store.getState().preset).toBe('bullets'))
    await fake.store.getState().loadSummaries('d')
    expect(fake.streams.length).toBe(1)
  })

  test.each(['stopped', 'interrupted', 'failed'] as const)('shows that the last job was %s', async (state) => {
    const failure = state === 'failed' ? failureOf('engine-crashed', {}) : null
    fake.answers['jobs.list'] = () => ok([jobOf('d', state, { failure }), jobOf('d', 'done', { id: 'older' })])
    await fake.store.getState().loadSummaries('d')
    expect(run()).toMatchObject({ phase: state, failure })
    fake.streams[0]?.queue.put({ type: 'partial', chunk: 0, text: 'First.' })
    fake.streams[0]?.queue.put({ type: 'finished', reason: 'stopped' })
    await vi.waitFor(() => expect(run()).toMatchObject({ phase: state, partials: { 0: 'First.' } }))
  })
})

test('a run joined after a reload says its kind as soon as it is planned', async () => {
  fake.answers['jobs.list'] = () => ok([jobOf('d', 'running')])
  void fake.store.getState().loadSummaries('d')
  await vi.waitFor(() => expect(fake.streams.length).toBe(1))
  expect(run()?.preset).toBeNull()
  fake.streams[0]?.queue.put({ type: 'planned', chunks: 2, steps: 4, reused: 0, preset: 'bullets' })
  await vi.waitFor(() => expect(run()?.preset).toBe('bullets'))
})

test('a job begun elsewhere is followed once its document was looked at', async () => {
  fake.announce('jobs.changed', jobOf('d', 'running'))
  expect(run()).toBe(undefined)
  await fake.store.getState().loadSummaries('d')
  fake.announce('jobs.changed', jobOf('d', 'running'))
  expect(run()?.phase).toBe('working')
})
