// A job service on a real database in memory, with a clock and ids the test can predict.
import type { Job } from '#contract/job.ts'
import { fail, type Result } from '#contract/result.ts'
import { JobService } from '../../../main/jobs/jobService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeLogger, type FakeLogger } from '../../fakes/fakeLogger.ts'

/** A service and what it announced and logged. */
export type JobFixture = { readonly jobs: JobService; readonly announced: Job[]; readonly logger: FakeLogger }

/** A service over this storage, as a process that has just started would make it. Each look at the clock is 100 ms later. */
export function createJobFixture(storage: Storage, prefix = 'id', chatting = () => false): JobFixture {
  const announced: Job[] = []
  const logger = createFakeLogger()
  let looks = 0
  let ids = 0
  const jobs = new JobService({
    storage,
    announce: (topic, value) => {
      if (topic === 'jobs.changed') announced.push(value as Job) // as: the topic decides the value's type
    },
    now: () => new Date(Date.UTC(2026, 0, 1) + (looks += 1) * 100),
    newId: () => `${prefix}-${(ids += 1)}`,
    logger,
    chatting,
  })
  return { jobs, announced, logger }
}

/** Resolves with the job once it is in one of these states. */
export function whenIn(jobs: JobService, jobId: string, states: readonly Job['state'][]): Promise<Job> {
  return new Promise((resolve) => {
    const stop = jobs.watch(jobId, (job) => {
      if (!states.includes(job.state)) return
      stop()
      resolve(job)
    })
    void jobs.get(jobId).then((job) => {
      if (!job.ok || !states.includes(job.value.state)) return
      stop()
      resolve(job.value)
    })
  })
}

/** Storage whose disk is full while `full()` says so; reading goes on. */
export function fillableStorage(storage: Storage, full: () => boolean): Storage {
  const refused = (): Result<never> => fail('disk-full', { folder: 'data' })
  return {
    all: (sql, parameters) => storage.all(sql, parameters),
    get: (sql, parameters) => storage.get(sql, parameters),
    run: (sql, parameters) => (full() ? Promise.resolve(refused()) : storage.run(sql, parameters)),
    transaction: (statements) => (full() ? Promise.resolve(refused()) : storage.transaction(statements)),
    check: () => storage.check(),
    close: () => storage.close(),
  }
}

/** The value of a result that must be ok. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`failed: ${result.failure.code}`)
  return result.value
}
