// Long work that is interrupted, stopped or starved, and whoever follows it: nothing is computed twice, nobody waits for nothing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { summaryItem } from '#contract/summary.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { copyOpening, createFakeGenerator, type Script } from '../../fakes/fakeGenerator.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { fillableStorage, valueOf, whenIn } from '../jobs/jobFixture.ts'
import {
  createSummaryFixture,
  drained,
  keepDocument,
  lasting,
  orderFor,
  recordOf,
  reportSegments,
  summarized,
} from './summaryFixture.ts'

const long = reportSegments(40)
const short = reportSegments(2)

let storage: Storage
beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepDocument(storage, recordOf(long))
})
afterEach(async () => storage.close())

describe('resuming', () => {
  test('an abandoned run: a new process computes nothing twice and ends with the same bytes', async () => {
    const whole = await openMemoryStorage()
    await keepDocument(whole, recordOf(long))
    const reference = await summarized(await createSummaryFixture(whole, long), { preset: 'detailed' })
    await whole.close()

    let answered = 0
    const stuck = Promise.withResolvers<void>()
    const dying: Script = (request) => {
      answered += 1
      if (answered <= 3) return copyOpening(request)
      stuck.resolve()
      return new Promise(() => undefined)
    }
    const dead = await createSummaryFixture(storage, long, createFakeGenerator(dying), 'dead')
    const { jobId } = valueOf(await dead.summaries.start(orderFor({ preset: 'detailed' })))
    await stuck.promise
    const count = 'SELECT count(*) AS n FROM job_steps'
    let stored = 0
    while (stored < 3) stored = valueOf(await storage.get<{ n: number }>(count))?.n ?? 0
    const before = valueOf(await storage.all('SELECT * FROM job_steps ORDER BY key'))

    const again = await createSummaryFixture(storage, long, createFakeGenerator(), 'again')
    valueOf(await again.jobs.recover())
    valueOf(await again.jobs.resumeInterrupted())
    const { items } = await drained(again.summaries.follow(jobId))
    const made = items.find((item) => item.type === 'summary')
    expect(made?.type === 'summary' ? lasting(made.summary) : null).toEqual(lasting(reference))
    expect(made?.type === 'summary' ? made.summary.steps : null).toEqual({
      computed: reference.steps.computed - 3,
      reused: 3,
    })
    expect(items.find((item) => item.type === 'planned')).toMatchObject({ reused: 3 })
    const after = valueOf(await storage.all<{ key: string }>('SELECT * FROM job_steps ORDER BY key'))
    expect(after.filter((row) => before.some((old) => (old as { key: string }).key === row.key))).toEqual(before) // as: same query
    expect(again.generator.requests).toHaveLength(reference.steps.computed - 3)
  })

  test('a full disk in the middle fails the job with its code; resuming keeps what was finished', async () => {
    let full = false
    let answered = 0
    const filling: Script = (request) => {
      full = (answered += 1) > 4
      return copyOpening(request)
    }
    const disk = fillableStorage(storage, () => full)
    const fixture = await createSummaryFixture(disk, long, createFakeGenerator(filling))
    const { jobId } = valueOf(await fixture.summaries.start(orderFor({ preset: 'detailed' })))
    expect((await drained(fixture.summaries.follow(jobId))).ending).toEqual(fail('disk-full', { folder: 'data' }))
    answered = -1000
    full = false
    const stored = valueOf(await storage.get<{ n: number }>('SELECT count(*) AS n FROM job_steps'))?.n ?? 0
    valueOf(await fixture.jobs.resume(jobId))
    await whenIn(fixture.jobs, jobId, ['done'])
    const [made] = valueOf(await fixture.summaries.list('doc'))
    expect(made?.steps.reused).toBe(stored)
  })

  test('out of memory in the middle: coded at once, not tried again; resuming computes only what is missing', async () => {
    let answered = 0
    let tight = true
    const script: Script = (request) =>
      tight && (answered += 1) > 4 ? fail('engine-out-of-memory', {}) : copyOpening(request)
    const generator = createFakeGenerator(script)
    const fixture = await createSummaryFixture(storage, long, generator)
    const { jobId } = valueOf(await fixture.summaries.start(orderFor({ preset: 'detailed' })))
    expect((await drained(fixture.summaries.follow(jobId))).ending).toEqual(fail('engine-out-of-memory', {}))
    expect(valueOf(await fixture.jobs.get(jobId))).toMatchObject({
      state: 'failed',
      failure: { code: 'engine-out-of-memory', details: {} },
    })
    const stored = valueOf(await storage.get<{ n: number }>('SELECT count(*) AS n FROM job_steps'))?.n ?? 0
    expect(stored).toBe(4)
    tight = false
    valueOf(await fixture.jobs.resume(jobId))
    await whenIn(fixture.jobs, jobId, ['done'])
    const [made] = valueOf(await fixture.summaries.list('doc'))
    expect(made?.steps.reused).toBe(stored)
  })

  test('paused: the step in hand is given up and redone, nothing else; the text is that of a summary never paused', async () => {
    const whole = await openMemoryStorage()
    await keepDocument(whole, recordOf(long))
    const reference = await summarized(await createSummaryFixture(whole, long), { preset: 'detailed' })
    await whole.close()
    const reached = Promise.withResolvers<void>()
    let answered = 0
    const script: Script = async (request, listener) => {
      if ((answered += 1) === 6) {
        reached.resolve()
        await new Promise<void>((resolve) => listener.signal.addEventListener('abort', () => resolve()))
      }
      return copyOpening(request)
    }
    const fixture = await createSummaryFixture(storage, long, createFakeGenerator(script))
    const { jobId } = valueOf(await fixture.summaries.start(orderFor({ preset: 'detailed' })))
    await reached.promise
    expect(valueOf(await fixture.jobs.pause(jobId)).state).toBe('paused')
    const stored = valueOf(await storage.get<{ n: number }>('SELECT count(*) AS n FROM job_steps'))?.n ?? 0
    valueOf(await fixture.jobs.resume(jobId))
    await whenIn(fixture.jobs, jobId, ['done'])
    const [made] = valueOf(await fixture.summaries.list('doc'))
    expect(made === undefined ? null : lasting(made)).toEqual(lasting(reference))
    expect(made?.steps).toEqual({ computed: reference.steps.computed - stored, reused: stored })
  })

  test('stop keeps finished steps, ends followers with `stopped`, and start goes on', async () => {
    const reached = Promise.withResolvers<void>()
    let answered = 0
    let stopped = false
    const slow: Script = async (request, listener) => {
      answered += 1
      if (answered > 5 && !stopped) {
        reached.resolve()
        await new Promise<void>((resolve) => listener.signal.addEventListener('abort', () => resolve()))
      }
      return copyOpening(request)
    }
    const fixture = await createSummaryFixture(storage, long, createFakeGenerator(slow))
    const { jobId } = valueOf(await fixture.summaries.start(orderFor({ preset: 'detailed' })))
    const following = drained(fixture.summaries.follow(jobId))
    await reached.promise
    expect(valueOf(await fixture.jobs.stop(jobId)).state).toBe('stopped')
    stopped = true
    const { items, ending } = await following
    expect([items.at(-1), ending]).toEqual([{ type: 'finished', reason: 'stopped' }, ok(undefined)])
    const made = await summarized(fixture, { preset: 'detailed' })
    expect([made.jobId, made.steps.reused >= 3]).toEqual([jobId, true])
  })

  test('an engine that falls is asked again; one that stays down fails the job', async () => {
    let calls = 0
    const shaky: Script = (request) => ((calls += 1) === 2 ? fail('engine-crashed', {}) : copyOpening(request))
    const made = await summarized(await createSummaryFixture(storage, short, createFakeGenerator(shaky)))
    expect(made.claims.length).toBeGreaterThan(0)
    const down = await createSummaryFixture(
      storage,
      long,
      createFakeGenerator(() => fail('engine-unavailable', { restarts: 3, minutes: 5 })),
      'down',
    )
    const { jobId } = valueOf(await down.summaries.start(orderFor({ seed: 9 })))
    expect((await drained(down.summaries.follow(jobId))).ending).toEqual(
      fail('engine-unavailable', { restarts: 3, minutes: 5 }),
    )
  })
})

describe('follow', () => {
  test('gist first, then plan, progress, partials, summary, finished; every item fits the contract', async () => {
    const fixture = await createSummaryFixture(storage, long)
    const { jobId } = valueOf(await fixture.summaries.start(orderFor()))
    const { items, ending } = await drained(fixture.summaries.follow(jobId))
    for (const item of items) expect(summaryItem.parse(item)).toEqual(item)
    expect(items.map((item) => item.type).filter((type, at, all) => type !== all[at - 1])[0]).toBe('gist')
    expect(items.filter((item) => item.type === 'gist')).toHaveLength(1)
    const planned = items.find((item) => item.type === 'planned')
    expect(items.filter((item) => item.type === 'partial')).toHaveLength(
      planned?.type === 'planned' ? planned.chunks : -1,
    )
    const reading = items.flatMap((item) => (item.type === 'progress' && item.stage === 'reading' ? [item] : []))
    expect(reading[0]?.units).toMatchObject({ from: 1 })
    expect(reading.at(-1)?.units).toMatchObject({ to: 40 })
    expect(reading.at(-1)?.remainingMs).toBeGreaterThan(0)
    expect([items.at(-2)?.type, items.at(-1), ending]).toEqual([
      'summary',
      { type: 'finished', reason: 'complete' },
      ok(undefined),
    ])
    expect(ending).toEqual(ok(undefined))
  })

  test('late and repeated followers get what is known; leaving does not stop the job', async () => {
    const reached = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    let answered = 0
    const held: Script = async (request) => {
      if ((answered += 1) === 6) reached.resolve()
      if (answered >= 6) await go.promise
      return copyOpening(request)
    }
    const fixture = await createSummaryFixture(storage, long, createFakeGenerator(held))
    const { jobId } = valueOf(await fixture.summaries.start(orderFor({ preset: 'detailed' })))
    const leaving = fixture.summaries.follow(jobId)
    expect((await leaving.next()).value).toMatchObject({ type: 'gist' })
    await reached.promise
    await leaving.return(ok(undefined))
    expect(await leaving.next()).toEqual({ done: true, value: ok(undefined) })
    const aborted = new AbortController()
    const cut = fixture.summaries.follow(jobId, aborted.signal)
    const cutting = drained(cut)
    aborted.abort()
    expect((await cutting).ending).toEqual(ok(undefined))

    const late = fixture.summaries.follow(jobId)
    const first = [await late.next(), await late.next(), await late.next()].map((step) =>
      step.done === true ? 'end' : step.value.type,
    )
    expect(first).toEqual(['gist', 'planned', 'partial'])
    go.resolve()
    expect((await drained(late)).items.at(-1)).toEqual({ type: 'finished', reason: 'complete' })
    const ended = await drained(fixture.summaries.follow(jobId))
    expect(ended.items.map((item) => item.type)).toEqual(expect.arrayContaining(['gist', 'summary', 'finished']))

    const nextProcess = await createSummaryFixture(storage, long, createFakeGenerator(), 'next')
    expect((await drained(nextProcess.summaries.follow(jobId))).items.map((item) => item.type)).toEqual([
      'gist',
      'summary',
      'finished',
    ])
    expect((await drained(nextProcess.summaries.follow('nobody'))).ending).toEqual(
      fail('not-found', { what: 'job', id: 'nobody' }),
    )
  })

  test('a job that waits shows its gist and that it waits', async () => {
    const go = Promise.withResolvers<void>()
    const fixture = await createSummaryFixture(
      storage,
      short,
      createFakeGenerator(async (request) => {
        await go.promise
        return copyOpening(request)
      }),
    )
    valueOf(await fixture.summaries.start(orderFor()))
    const { jobId } = valueOf(await fixture.summaries.start(orderFor({ seed: 2 })))
    const follower = fixture.summaries.follow(jobId)
    expect((await follower.next()).value).toMatchObject({ type: 'gist' })
    expect((await follower.next()).value).toMatchObject({ type: 'progress', stage: 'queued' })
    go.resolve()
    expect((await drained(follower)).items.at(-1)).toEqual({ type: 'finished', reason: 'complete' })
  })

  test('a bug while following is thrown to the reader and to nobody else, whether it waits or comes later', async () => {
    const closed = { ...storage, all: () => Promise.reject(new TypeError('closed')) }
    const fixture = await createSummaryFixture(closed, short)
    await expect(fixture.summaries.follow('any').next()).rejects.toThrow(TypeError)
    const late = fixture.summaries.follow('any')
    await new Promise((resolve) => setImmediate(resolve))
    await expect(late.next()).rejects.toThrow(TypeError)
    expect(await late.next()).toEqual({ done: true, value: ok(undefined) })
    await fixture.summaries.follow('any').return(ok(undefined))
    await new Promise((resolve) => setImmediate(resolve))
  })

  test('an interrupted job nobody resumed ends as stopped', async () => {
    const stuck = Promise.withResolvers<void>()
    const dead = await createSummaryFixture(
      storage,
      short,
      createFakeGenerator(() => (stuck.resolve(), new Promise(() => undefined))),
    )
    const { jobId } = valueOf(await dead.summaries.start(orderFor()))
    await stuck.promise
    const next = await createSummaryFixture(storage, short, createFakeGenerator(), 'next')
    valueOf(await next.jobs.recover())
    expect((await drained(next.summaries.follow(jobId))).items.map((item) => item.type)).toEqual(['gist', 'finished'])
  })
})
