// Settings in the window: locks as they come, changes that are kept or refused, and the policy's state.
import { expect, test } from 'vitest'
import { fail, failureOf, ok } from '#contract/result.ts'
import type { SettingEntry } from '#contract/setting.ts'
import { createSettingsSlice } from '../../../../renderer/state/settingsSlice.ts'
import { createFakeClient } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

function setting(key: SettingEntry['key'], value: SettingEntry['value']): SettingEntry {
  return { key, value, source: 'default', locked: false, reason: null, contact: null }
}

const locked: SettingEntry = {
  ...setting('localOnly', true),
  source: 'policy',
  locked: true,
  reason: 'Our rules.',
  contact: 'it@example.org',
}
const policy = { state: 'active', source: '/etc/sotto/policy.json', sha256: 'ab', issues: [] } as const

function setUp() {
  const fake = createFakeClient({
    'settings.list': async () => ok([setting('theme', 'system'), locked]),
    'settings.policy': async () => ok(policy),
    'settings.set': async ({ key, value }: { key: SettingEntry['key']; value: SettingEntry['value'] }) =>
      ok({ ...setting(key, value), source: 'person' as const }),
  })
  return { fake, state: buildState(fake.client, createSettingsSlice) }
}

test('all settings and the policy are read at once', async () => {
  const { state } = setUp()
  await state.get().refreshSettings()
  expect([state.get().settings, state.get().policy]).toEqual([
    { theme: setting('theme', 'system'), localOnly: locked },
    policy,
  ])
})

test('a change is kept as the program answers it, and the refusal before it is forgotten', async () => {
  const { fake, state } = setUp()
  const { answers } = fake
  fake.answers = { 'settings.set': async () => fail('setting-locked', { key: 'localOnly', reason: '', contact: '' }) }
  expect(await state.get().changeSetting('localOnly', false)).toBe(false)
  expect(state.get().settingFailure).toEqual({
    key: 'localOnly',
    failure: failureOf('setting-locked', { key: 'localOnly', reason: '', contact: '' }),
  })
  fake.answers = answers
  expect(await state.get().changeSetting('theme', 'dark')).toBe(true)
  expect([state.get().settings.theme, state.get().settingFailure]).toEqual([
    { ...setting('theme', 'dark'), source: 'person' },
    null,
  ])
})

test('a change made elsewhere arrives and leaves the others alone', async () => {
  const { fake, state } = setUp()
  await state.get().refreshSettings()
  fake.announce('settings.changed', setting('theme', 'light'))
  expect(state.get().settings).toEqual({ theme: setting('theme', 'light'), localOnly: locked })
})
