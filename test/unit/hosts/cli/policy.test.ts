// `sotto policy`: what is decided, why and by whom; a policy that is refused, with its faults in words.
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import type { Handlers } from '../../../../main/rpc/handler.ts'
import { runFakeCli } from './fakeCli.ts'

test('policy shows what is decided, why, and whom to ask', async () => {
  const handlers: Partial<Handlers> = {
    'settings.policy': async () =>
      ok({
        state: 'active',
        source: '/etc/sotto/policy.json',
        sha256: 'aa',
        issues: [],
        rules: [{ key: 'cloudMode', value: 'off' }],
      }),
    'settings.list': async () =>
      ok([
        { key: 'theme', value: 'dark', source: 'person', locked: false, reason: null, contact: null },
        { key: 'localOnly', value: true, source: 'policy', locked: true, reason: 'Our rules.', contact: 'it@x.org' },
      ]),
  }
  expect((await runFakeCli(['policy'], { handlers })).output).toBe(`The policy in /etc/sotto/policy.json is in force.
SHA-256 aa

Decided by the organisation
  localOnly = true
    Our rules. it@x.org

Also decided by the policy
  cloudMode = off
`)
})

test('a policy that is refused says where and why, and the exit code is 1', async () => {
  const handlers: Partial<Handlers> = {
    'settings.policy': async () =>
      ok({
        state: 'invalid',
        source: '/etc/sotto/policy.json',
        sha256: null,
        issues: [
          'file-writable-by-others',
          'settings.theme.value: invalid_value',
          'colour: unrecognized_keys',
          'x: new',
        ],
      }),
    'settings.list': async () =>
      ok([{ key: 'localOnly', value: true, source: 'policy', locked: true, reason: 'policy-invalid', contact: null }]),
  }
  const run = await runFakeCli(['policy'], { handlers })
  expect(run.code).toBe(1)
  expect(run.output.split('\n').slice(1)).toEqual([
    '  Others than its owner may write the file (chmod 644).',
    '  settings.theme.value: the value is none of those allowed',
    '  colour: there is no such key',
    '  x: the value does not fit',
    '',
    'Decided by the organisation',
    '  localOnly = true',
    '    The policy has faults, so nothing may leave until it is mended.',
    '',
  ])
  expect((await runFakeCli(['policy', '--json'], { handlers })).code).toBe(1)
})
