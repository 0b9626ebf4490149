// Settings: who decides, what is locked, and that a damaged file never opens the way out.
import { describe, expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { type SettingEntry, type SettingKey, settingSchemas } from '#contract/setting.ts'
import type { SettingsStore } from '../../../main/host.ts'
import { failSafePolicy, noPolicy, type Policy, policySchema } from '../../../main/policy/schema.ts'
import { SettingsService } from '../../../main/settings/settingsService.ts'

type Given = {
  readonly stored?: Readonly<Record<string, unknown>>
  readonly policy?: Policy
  readonly state?: 'none' | 'active' | 'invalid'
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly store?: SettingsStore
}

function create(given: Given = {}) {
  const stored: Record<string, unknown> = { ...given.stored }
  const announced: SettingEntry[] = []
  const service = new SettingsService({
    store: given.store ?? { read: () => stored, write: (key, value) => void (stored[key] = value) },
    policy: {
      state: given.state ?? 'none',
      source: null,
      sha256: null,
      issues: [],
      values: given.policy ?? noPolicy,
    },
    environment: given.environment ?? {},
    announce: (topic, value) => {
      if (topic === 'settings.changed') announced.push(value as SettingEntry) // as: the topic says which value it is
    },
  })
  return { service, stored, announced }
}

function policyOf(change: object): Policy {
  return policySchema.parse({ version: 1, ...change })
}

const open = { locked: false, reason: null, contact: null }

describe('get', () => {
  test('precedence: policy, then the person, then the recommendation, then the default', () => {
    const stored = { theme: 'light' }
    const recommended = { theme: 'dark', threads: 4 } as const // as: fixed values
    const { service } = create({ stored, policy: policyOf({ recommended }) })
    const managed = create({
      stored,
      policy: policyOf({
        organisation: { name: 'Example', contact: 'it@example.org' },
        settings: { theme: { value: 'high-contrast', reason: 'Readable for all.' } },
        recommended,
      }),
    }).service
    expect([managed.get('theme'), service.get('theme'), service.get('threads'), service.get('gpu')]).toEqual([
      {
        value: 'high-contrast',
        source: 'policy',
        locked: true,
        reason: 'Readable for all.',
        contact: 'it@example.org',
      },
      { value: 'light', source: 'person', ...open },
      { value: 4, source: 'recommended', ...open },
      { value: 'auto', source: 'default', ...open },
    ])
  })

  test('a policy without a reason or an organisation locks all the same', () => {
    const { service } = create({ policy: policyOf({ settings: { gpu: { value: 'off' } } }) })
    expect(service.get('gpu')).toEqual({ value: 'off', source: 'policy', locked: true, reason: null, contact: null })
  })

  test.each<[SettingKey, unknown, unknown]>([
    ['theme', 'purple', 'system'],
    ['theme', 7, 'system'],
    ['threads', -1, 0],
    ['threads', '4', 0],
    ['modelMirror', 'ftp://mirror.example', ''],
    ['modelId', null, ''],
  ])('a stored %s of %j counts as never set', (key, value, fallback) => {
    expect(create({ stored: { [key]: value } }).service.get(key)).toEqual({
      value: fallback,
      source: 'default',
      ...open,
    })
  })

  test('a damaged value gives way to the recommendation', () => {
    const { service } = create({ stored: { theme: 5 }, policy: policyOf({ recommended: { theme: 'dark' } }) })
    expect(service.get('theme')).toEqual({ value: 'dark', source: 'recommended', ...open })
  })

  test('keys of the prototype are not settings', () => {
    const stored = Object.setPrototypeOf({}, { localOnly: true }) as Record<string, unknown> // as: typed any
    expect(create({ store: { read: () => stored, write: () => undefined } }).service.get('localOnly').value).toBe(false)
  })

  test.each([['yes'], [0], [null], [{}]])('a localOnly stored as %j counts as on', (value) => {
    expect(create({ stored: { localOnly: value } }).service.get('localOnly')).toEqual({
      value: true,
      source: 'person',
      ...open,
    })
  })

  test('a store that cannot be read keeps everything here and the rest at its default', () => {
    const store: SettingsStore = {
      read: () => {
        throw new Error('damaged')
      },
      write: () => undefined,
    }
    const { service } = create({ store })
    expect([service.get('localOnly').value, service.get('theme').value]).toEqual([true, 'system'])
  })
})

describe('localOnlyCause', () => {
  const closing = policyOf({ settings: { localOnly: { value: true } } })
  const opening = policyOf({ settings: { localOnly: { value: false } } })
  test.each<[string, Given, string | null]>([
    ['nobody', {}, null],
    ['the person', { stored: { localOnly: true } }, 'setting'],
    ['a recommendation', { policy: policyOf({ recommended: { localOnly: true } }) }, 'setting'],
    [
      'the person against a recommendation',
      { stored: { localOnly: false }, policy: policyOf({ recommended: { localOnly: true } }) },
      null,
    ],
    ['policy', { policy: closing }, 'policy'],
    ['policy before environment', { policy: closing, environment: { SOTTO_LOCAL_ONLY: '1' } }, 'policy'],
    ['policy that opens', { policy: opening, stored: { localOnly: true } }, null],
    [
      'environment, whatever the policy opens',
      { policy: opening, environment: { SOTTO_LOCAL_ONLY: '1' } },
      'environment',
    ],
    [
      'environment against the person',
      { environment: { SOTTO_LOCAL_ONLY: '1' }, stored: { localOnly: false } },
      'environment',
    ],
    ['environment by another word', { environment: { SOTTO_LOCAL_ONLY: 'yes' } }, 'environment'],
    ['environment that says no', { environment: { SOTTO_LOCAL_ONLY: '0' } }, null],
    ['an empty environment', { environment: { SOTTO_LOCAL_ONLY: '' } }, null],
    ['an invalid policy', { policy: failSafePolicy, state: 'invalid', stored: { localOnly: false } }, 'policy'],
    ['a damaged value', { stored: { localOnly: 'maybe' } }, 'setting'],
  ])('closed by %s', (_name, given, cause) => {
    expect(create(given).service.localOnlyCause()).toBe(cause)
  })
})

describe('set', () => {
  test('keeps and announces', () => {
    const { service, stored, announced } = create()
    const entry = { key: 'theme', value: 'dark', source: 'person', ...open }
    expect(service.set('theme', 'dark')).toEqual(ok(entry))
    expect([stored, announced, service.get('theme').value]).toEqual([{ theme: 'dark' }, [entry], 'dark'])
  })

  test.each<[SettingKey, unknown, string]>([
    ['theme', 'purple', 'invalid_value'],
    ['threads', 1.5, 'invalid_type'],
    ['threads', 10_000, 'too_big'],
    ['localOnly', 'true', 'invalid_type'],
    ['localOnly', undefined, 'invalid_type'],
    ['modelMirror', 'javascript:alert(1)', 'invalid_format'],
  ])('refuses %s = %j', (key, value, issue) => {
    const { service, stored, announced } = create()
    expect(service.set(key, value)).toEqual(fail('setting-invalid', { key, issue }))
    expect([stored, announced]).toEqual([{}, []])
  })

  test('refuses what policy or environment locked, with reason and contact', () => {
    const organisation = { name: 'Example', contact: 'it@example.org' }
    const settings = { theme: { value: 'dark', reason: 'House style.' } }
    const { service, stored } = create({
      policy: policyOf({ organisation, settings }),
      environment: { SOTTO_LOCAL_ONLY: '1' },
    })
    expect([service.set('theme', 'light'), service.set('localOnly', false)]).toEqual([
      fail('setting-locked', { key: 'theme', reason: 'House style.', contact: 'it@example.org' }),
      fail('setting-locked', { key: 'localOnly', reason: 'SOTTO_LOCAL_ONLY', contact: '' }),
    ])
    expect(stored).toEqual({})
  })

  test.each<[string, 'disk-full' | 'data-read-only']>([
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'data-read-only'],
    ['EACCES', 'data-read-only'],
  ])('a store that fails with %s', (code, failure) => {
    const store: SettingsStore = {
      read: () => ({}),
      write: () => {
        throw Object.assign(new Error('no'), { code, path: '/data/settings.json' })
      },
    }
    const { service, announced } = create({ store })
    expect(service.set('theme', 'dark')).toEqual(fail(failure, { folder: '/data' }))
    expect(announced).toEqual([])
  })

  test('any other error of the store is a bug and stays one', () => {
    const store: SettingsStore = {
      read: () => ({}),
      write: () => {
        throw new TypeError('a bug')
      },
    }
    expect(() => create({ store }).service.set('theme', 'dark')).toThrow(TypeError)
  })
})

test('list has every setting once, in the order of the contract', () => {
  const { service } = create({ stored: { theme: 'dark' } })
  const list = service.list()
  expect(list.map(({ key }) => key)).toEqual(Object.keys(settingSchemas))
  expect(list[0]).toEqual({ key: 'theme', value: 'dark', source: 'person', ...open })
})

test('the state of the policy is passed on as it was read', () => {
  const { service } = create({ policy: failSafePolicy, state: 'invalid' })
  expect(service.policyState()).toEqual({ state: 'invalid', source: null, sha256: null, issues: [] })
})
