// The machine stays awake exactly while a job runs.
import { expect, test } from 'vitest'
import type { Job } from '#contract/job.ts'
import { PowerKeeper } from '../../../../main/hosts/electron/powerKeeper.ts'
import { createFakeClient } from '../../../fakes/fakeClient.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'
import { sampleJob } from '../../../fakes/sampleJob.ts'

function job(id: string, state: Job['state']): Job {
  return sampleJob({ id, state })
}

function keeper(listed: readonly Job[]) {
  const fake = createFakeElectron()
  const asked = createFakeClient({ 'jobs.list': () => ({ ok: true, value: listed }) })
  const logger = createFakeLogger()
  const power = new PowerKeeper({ electron: fake.electron, client: asked.client, logger })
  return { fake, asked, logger, power, held: () => fake.blockers.size }
}

test('one blocker from the first running job to the last', () => {
  const { asked, held, fake } = keeper([])
  const seen: number[] = []
  for (const [id, state] of [
    ['a', 'queued'],
    ['a', 'running'],
    ['b', 'running'],
    ['a', 'done'],
    ['b', 'failed'],
    ['c', 'interrupted'],
  ] as const) {
    asked.announce('jobs.changed', job(id, state))
    seen.push(held())
  }
  expect(seen).toEqual([1, 1, 1, 1, 0, 0])
  expect(fake.calls).toEqual([
    ['powerSaveBlocker.start', 'prevent-app-suspension'],
    ['powerSaveBlocker.stop', 1],
  ])
})

test('what runs already is found at the start and after a sleep, and closing lets go', async () => {
  const { fake, held, power, logger, asked } = keeper([job('a', 'running'), job('b', 'done')])
  await power.look()
  expect(held()).toBe(1)
  asked.answers = { 'jobs.list': () => ({ ok: true, value: [] }) }
  fake.powerMonitor.emit('suspend')
  fake.powerMonitor.emit('resume')
  await expect.poll(held).toBe(0)
  asked.announce('jobs.changed', job('d', 'running'))
  power.close()
  expect([held(), fake.powerMonitor.listenerCount('resume')]).toEqual([0, 0])
  expect(logger.lines.map(({ event, fields }) => [event, fields])).toEqual([
    ['power.suspend', { jobs: 1 }],
    ['power.resume', { jobs: 1 }],
  ])
})
