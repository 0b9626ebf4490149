// Jobs: one at a time, steps stored once and for all, found again, stopped, resumed, recovered.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fail, ok, type Result } from '#contract/result.ts'
import type { JobRunner } from '../../../main/jobs/jobRunner.ts'
import type { JobOrder, JobService } from '../../../main/jobs/jobService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { createJobFixture, fillableStorage, valueOf, whenIn } from './jobFixture.ts'

let storage: Storage
beforeEach(async () => {
  storage = await openMemoryStorage()
})
afterEach(async () => storage.close())

function order(inputKey: string, fresh = false): JobOrder {
  return { kind: 'summary', documentId: null, title: inputKey, input: `{"key":"${inputKey}"}`, inputKey, fresh }
}

/** Runs three steps whose outputs name the computing; counts what was computed in `log`. */
function threeSteps(log: string[], before: (step: number) => Promise<unknown> = () => Promise.resolve()): JobRunner {
  return async (context) => {
    context.plan(3)
    for (const step of [1, 2, 3]) {
      const output = await context.step(`step-${step}`, async () => {
        await before(step)
        if (context.signal.aborted) return ok(null)
        log.push(`${context.jobId}:${step}`)
        return ok(`output ${step} by ${context.jobId}`)
      })
      if (!output.ok) return output
      if (output.value === null) return ok('stopped')
    }
    return ok('complete')
  }
}

async function steps(): Promise<readonly { key: string; output: string; job_id: string }[]> {
  return valueOf(await storage.all('SELECT key, output, job_id FROM job_steps ORDER BY key'))
}

async function startedAndEnded(jobs: JobService, what: JobOrder) {
  const job = valueOf(await jobs.start(what))
  return whenIn(jobs, job.id, ['done', 'failed', 'stopped', 'interrupted'])
}

describe('starting', () => {
  test('runs to the end, tells it, and is found again without running', async () => {
    const log: string[] = []
    const { jobs, announced, logger } = createJobFixture(storage)
    jobs.register('summary', threeSteps(log))
    const done = await startedAndEnded(jobs, order('a'))
    expect({ state: done.state, doneSteps: done.doneSteps, totalSteps: done.totalSteps }).toEqual({
      state: 'done',
      doneSteps: 3,
      totalSteps: 3,
    })
    expect(valueOf(await jobs.start(order('a')))).toEqual(done)
    expect(log).toEqual(['id-1:1', 'id-1:2', 'id-1:3'])
    expect([announced[0]?.state, announced.at(-1)]).toEqual(['queued', done])
    expect(logger.lines.map((line) => line.event)).toEqual(['job-ended'])
  })

  test('fresh makes a new job, which finds the steps of the first', async () => {
    const log: string[] = []
    const { jobs } = createJobFixture(storage)
    jobs.register('summary', threeSteps(log))
    await startedAndEnded(jobs, order('a'))
    const second = await startedAndEnded(jobs, order('a', true))
    expect({ id: second.id, state: second.state, computed: log.length }).toEqual({
      id: 'id-2',
      state: 'done',
      computed: 3,
    })
    expect(valueOf(await jobs.start(order('a'))).id).toBe('id-2')
    expect(valueOf(await jobs.list()).map((job) => job.id)).toEqual(['id-2', 'id-1'])
  })

  test('two at once with the same inputs are one job', async () => {
    const { jobs } = createJobFixture(storage)
    jobs.register('summary', threeSteps([]))
    const both = await Promise.all([jobs.start(order('a')), jobs.start(order('a'))])
    expect(both.map((each) => valueOf(each).id)).toEqual(['id-1', 'id-1'])
    await whenIn(jobs, 'id-1', ['done'])
  })

  test('one runs at a time, in order', async () => {
    const { jobs } = createJobFixture(storage)
    let running = 0
    const seen: string[] = []
    jobs.register('summary', async (context) => {
      running += 1
      seen.push(`${context.input}${running}`)
      await context.step(`k${context.jobId}`, () => Promise.resolve(ok('')))
      running -= 1
      return ok('complete')
    })
    for (const key of ['a', 'b', 'c']) valueOf(await jobs.start(order(key)))
    await Promise.all(['id-1', 'id-2', 'id-3'].map((id) => whenIn(jobs, id, ['done'])))
    expect(seen).toEqual(['{"key":"a"}1', '{"key":"b"}1', '{"key":"c"}1'])
  })

  test('a throw is a bug: failed as internal, the next job runs', async () => {
    const { jobs, logger } = createJobFixture(storage)
    let calls = 0
    jobs.register('summary', () => {
      calls += 1
      if (calls === 1) throw new TypeError('canary text')
      return Promise.resolve(ok('complete' as const))
    })
    const failed = await startedAndEnded(jobs, order('a'))
    expect(failed.failure).toEqual({ code: 'internal', details: { id: 'id-2' } })
    expect((await startedAndEnded(jobs, order('b'))).state).toBe('done')
    expect(JSON.stringify(logger.lines)).not.toContain('canary')
  })
})

describe('steps', () => {
  test('twins in one run compute once', async () => {
    const { jobs } = createJobFixture(storage)
    let computed = 0
    let counts: unknown
    jobs.register('summary', async (context) => {
      const compute = () => Promise.resolve(ok(`value ${(computed += 1)}`))
      const outputs = await Promise.all([context.step('same', compute), context.step('same', compute)])
      expect(outputs.map(valueOf)).toEqual(['value 1', 'value 1'])
      counts = context.counts()
      expect(valueOf(await context.countStored(['same', 'other']))).toBe(1)
      return ok('complete')
    })
    expect((await startedAndEnded(jobs, order('a'))).state).toBe('done')
    expect({ computed, counts }).toEqual({ computed: 1, counts: { computed: 1, reused: 1 } })
  })

  test('a failed computation stores nothing and fails the job with its code; start revives it', async () => {
    const log: string[] = []
    const { jobs } = createJobFixture(storage)
    let broken = true
    jobs.register('summary', async (context) => {
      const output: Result<string | null> = await context.step('x', () =>
        Promise.resolve(broken ? fail('engine-crashed', {}) : (log.push('x'), ok('fine'))),
      )
      return output.ok ? ok('complete') : output
    })
    const failed = await startedAndEnded(jobs, order('a'))
    expect([failed.state, failed.failure]).toEqual(['failed', { code: 'engine-crashed', details: {} }])
    expect(await steps()).toEqual([])
    broken = false
    const revived = await startedAndEnded(jobs, order('a'))
    expect([revived.id, revived.state, revived.failure]).toEqual(['id-1', 'done', null])
  })

  test('a full disk fails the job, keeps finished steps, and it resumes', async () => {
    let full = false
    const log: string[] = []
    const { jobs } = createJobFixture(fillableStorage(storage, () => full))
    jobs.register(
      'summary',
      threeSteps(log, (step) => Promise.resolve((full = step === 3))),
    )
    const failed = await startedAndEnded(jobs, order('a'))
    expect([failed.state, failed.failure?.code]).toEqual(['failed', 'disk-full'])
    expect(valueOf(await jobs.get('id-1')).state).toBe('failed')
    expect((await steps()).map(({ key }) => key)).toEqual(['step-1', 'step-2'])
    full = false
    jobs.register('summary', threeSteps(log))
    valueOf(await jobs.resume('id-1'))
    expect((await whenIn(jobs, 'id-1', ['done'])).failure).toBeNull()
    expect(log).toEqual(['id-1:1', 'id-1:2', 'id-1:3', 'id-1:3'])
  })

  test('a job whose row is gone ends without storing', async () => {
    const { jobs } = createJobFixture(storage)
    jobs.register(
      'summary',
      threeSteps([], async (step) => (step === 2 ? storage.run('DELETE FROM jobs') : undefined)),
    )
    valueOf(await jobs.start(order('a')))
    await whenIn(jobs, 'id-1', ['failed'])
    expect(await steps()).toEqual([])
  })
})

describe('stop, resume, recover', () => {
  /** A runner held at step 2 until `go`. */
  function held(log: string[]) {
    const reached = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const runner = threeSteps(log, async (step) => {
      if (step !== 2) return
      reached.resolve()
      await go.promise
    })
    return { runner, reached: reached.promise, go: go.resolve }
  }

  test('stop keeps finished steps and answers once stopped; resume goes on', async () => {
    const log: string[] = []
    const { jobs } = createJobFixture(storage)
    const hold = held(log)
    jobs.register('summary', hold.runner)
    valueOf(await jobs.start(order('a')))
    await hold.reached
    const stopping = jobs.stop('id-1')
    hold.go()
    expect(valueOf(await stopping).state).toBe('stopped')
    expect(valueOf(await jobs.stop('id-1')).state).toBe('stopped')
    valueOf(await jobs.resume('id-1'))
    await whenIn(jobs, 'id-1', ['done'])
    expect(log).toEqual(['id-1:1', 'id-1:2', 'id-1:3'])
    expect(await jobs.resume('id-1')).toEqual(fail('job-not-resumable', { id: 'id-1' }))
    expect(await jobs.stop('nobody')).toEqual(fail('not-found', { what: 'job', id: 'nobody' }))
  })

  test('a queued job is stopped without having run', async () => {
    const log: string[] = []
    const { jobs } = createJobFixture(storage)
    const hold = held(log)
    jobs.register('summary', hold.runner)
    valueOf(await jobs.start(order('a')))
    await hold.reached
    valueOf(await jobs.start(order('b')))
    expect(valueOf(await jobs.stop('id-2')).state).toBe('stopped')
    hold.go()
    await whenIn(jobs, 'id-1', ['done'])
    expect(valueOf(await jobs.get('id-2')).state).toBe('stopped')
  })

  test('a waiting job stopped while the one before it ends does not run', async () => {
    const reading = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    let slow = false
    const { jobs, announced } = createJobFixture({
      all: async (sql, parameters) => {
        if (!slow || parameters?.[0] !== 'id-2') return storage.all(sql, parameters)
        slow = false
        asked.resolve()
        await reading.promise
        return storage.all(sql, parameters)
      },
      get: (sql, parameters) => storage.get(sql, parameters),
      run: (sql, parameters) => storage.run(sql, parameters),
      transaction: (statements) => storage.transaction(statements),
      check: () => storage.check(),
      close: () => storage.close(),
    })
    const hold = held([])
    jobs.register('summary', hold.runner)
    valueOf(await jobs.start(order('a')))
    await hold.reached
    valueOf(await jobs.start(order('b')))
    slow = true
    const stopping = jobs.stop('id-2')
    await asked.promise
    hold.go()
    await whenIn(jobs, 'id-1', ['done'])
    valueOf(await jobs.start(order('c')))
    await whenIn(jobs, 'id-3', ['done'])
    reading.resolve()
    expect(valueOf(await stopping).state).toBe('stopped')
    expect(announced.filter(({ id }) => id === 'id-2').map(({ state }) => state)).toEqual(['queued', 'stopped'])
  })

  test('a job started again while it is being stopped runs again', async () => {
    const { jobs } = createJobFixture(storage)
    const hold = held([])
    jobs.register('summary', hold.runner)
    valueOf(await jobs.start(order('a')))
    await hold.reached
    const stopping = jobs.stop('id-1')
    const again = jobs.start(order('a'))
    hold.go()
    expect(valueOf(await stopping).state).toBe('stopped')
    expect(valueOf(await again).state).toBe('queued')
    await whenIn(jobs, 'id-1', ['done'])
  })

  test('what the person stopped stays stopped when the app closes meanwhile', async () => {
    const { jobs } = createJobFixture(storage)
    const hold = held([])
    jobs.register('summary', hold.runner)
    valueOf(await jobs.start(order('a')))
    await hold.reached
    const ended = Promise.all([jobs.stop('id-1'), jobs.close()])
    hold.go()
    await ended
    expect(valueOf(await jobs.get('id-1')).state).toBe('stopped')
  })

  test('what a dead process left is interrupted, resumes, and finished steps stay as they are', async () => {
    const dead = createJobFixture(storage)
    const log: string[] = []
    const hold = held(log)
    dead.jobs.register('summary', hold.runner)
    valueOf(await dead.jobs.start(order('a')))
    await hold.reached
    valueOf(await dead.jobs.start(order('b')))
    const before = await steps()

    const { jobs } = createJobFixture(storage, 'later')
    jobs.register('summary', threeSteps(log))
    valueOf(await jobs.recover())
    expect(valueOf(await jobs.list()).map((job) => job.state)).toEqual(['interrupted', 'interrupted'])
    expect(valueOf(await jobs.resumeInterrupted()).map((job) => job.id)).toEqual(['id-1', 'id-2'])
    await Promise.all(['id-1', 'id-2'].map((id) => whenIn(jobs, id, ['done'])))
    expect(log).toEqual(['id-1:1', 'id-1:2', 'id-1:3'])
    expect((await steps()).slice(0, before.length)).toEqual(before)
    expect(valueOf(await storage.check())).toEqual([])
  })

  test('closing interrupts the running job and starts no other', async () => {
    const { jobs } = createJobFixture(storage)
    const hold = held([])
    jobs.register('summary', hold.runner)
    valueOf(await jobs.start(order('a')))
    await hold.reached
    valueOf(await jobs.start(order('b')))
    const closing = jobs.close()
    hold.go()
    await closing
    expect(valueOf(await jobs.list()).map((job) => job.state)).toEqual(['queued', 'interrupted'])
  })
})
