// The program behind the window: what it is, that it is gone, and the doctor's report with its Stop.
import { expect, test } from 'vitest'
import { failureOf, ok } from '#contract/result.ts'
import type { DoctorCheck, SystemInfo } from '#contract/system.ts'
import { createSystemSlice } from '../../../../renderer/state/systemSlice.ts'
import { createFakeClient } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const info: SystemInfo = {
  appVersion: '0.1.0',
  host: 'browser',
  dataFolder: '/d',
  keyPlace: 'file',
  platform: 'linux x64',
  language: 'en',
}
const checks: readonly DoctorCheck[] = [{ id: 'data', state: 'ok', details: { folder: '/d' }, failure: null }]

test('the connection stands once the program has answered, and is lost when it goes', async () => {
  const fake = createFakeClient({ 'system.info': async () => ok(info) })
  const state = buildState(fake.client, createSystemSlice)
  expect(state.get().connection).toBe('connecting')
  await state.get().refreshSystem()
  expect([state.get().connection, state.get().info]).toEqual(['open', info])
  fake.disconnect()
  await fake.client.closed
  expect(state.get().connection).toBe('lost')
})

test('the doctor runs once at a time and reports', async () => {
  const fake = createFakeClient({ 'system.doctor': async () => ok(checks) })
  const state = buildState(fake.client, createSystemSlice)
  const running = state.get().runDoctor()
  expect(state.get().doctor).toEqual({ state: 'running' })
  await Promise.all([running, state.get().runDoctor()])
  expect(state.get().doctor).toEqual({ state: 'done', checks, stopped: false })
  expect(fake.asked.length).toBe(1)
})

test('stopping keeps what was found', async () => {
  const answer = Promise.withResolvers<unknown>()
  const fake = createFakeClient({ 'system.doctor': () => answer.promise })
  const state = buildState(fake.client, createSystemSlice)
  const running = state.get().runDoctor()
  state.get().stopDoctor()
  expect(fake.asked[0]?.signal?.aborted).toBe(true)
  answer.resolve(ok(checks))
  await running
  expect(state.get().doctor).toEqual({ state: 'done', checks, stopped: true })
})

test('a run that fails says why, and another can follow', async () => {
  const failure = failureOf('internal', { id: 'f' })
  const fake = createFakeClient({ 'system.doctor': async () => ({ ok: false, failure }) })
  const state = buildState(fake.client, createSystemSlice)
  await state.get().runDoctor()
  expect(state.get().doctor).toEqual({ state: 'failed', failure })
  fake.answers = { 'system.doctor': async () => ok(checks) }
  await state.get().runDoctor()
  expect(state.get().doctor).toEqual({ state: 'done', checks, stopped: false })
})
