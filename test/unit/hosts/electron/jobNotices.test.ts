// Notices of ended jobs: once, by name only, and only while no window of ours is in front.
import { expect, test } from 'vitest'
import { JobNotices } from '../../../../main/hosts/electron/jobNotices.ts'
import { createFakeClient } from '../../../fakes/fakeClient.ts'
import { createFakeElectron } from '../../../fakes/fakeElectron.ts'
import { sampleJob } from '../../../fakes/sampleJob.ts'

function notices(focused: boolean) {
  const fake = createFakeElectron()
  const { client, announce } = createFakeClient()
  const BrowserWindow = Object.assign(function none() {}, { getFocusedWindow: () => (focused ? {} : null) })
  const electron = { Notification: fake.electron.Notification, BrowserWindow } as unknown as typeof fake.electron // as: what it looks at
  const made = new JobNotices({
    electron,
    client,
    say: (key, values) => `${key} ${JSON.stringify(values)}`,
    show: () => undefined,
  })
  return { announce, made, shown: () => fake.calls.filter(([name]) => name === 'Notification.show') }
}

test('what ends while nobody looks is told once; parts of a batch, stopped and paused jobs are not', () => {
  const { announce, shown, made } = notices(false)
  const states = ['queued', 'running', 'done', 'done'] as const
  for (const state of states) announce('jobs.changed', sampleJob({ id: 'a', title: 'Report.pdf', state }))
  for (const state of ['running', 'failed'] as const)
    announce('jobs.changed', sampleJob({ id: 'p', parentId: 'b', state }))
  for (const state of ['running', 'stopped'] as const) announce('jobs.changed', sampleJob({ id: 's', state }))
  for (const state of ['running', 'paused'] as const) announce('jobs.changed', sampleJob({ id: 'q', state }))
  announce('jobs.changed', sampleJob({ id: 'old', state: 'done' }))
  expect(shown()).toEqual([['Notification.show', 'job.done {"title":"Report.pdf"}']])
  made.close()
})

test('nothing is told to a person who is looking', () => {
  const { announce, shown } = notices(true)
  for (const state of ['running', 'failed'] as const) announce('jobs.changed', sampleJob({ state }))
  expect(shown()).toEqual([])
})
