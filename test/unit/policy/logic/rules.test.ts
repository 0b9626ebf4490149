// What a policy decides besides locks, line by line; what is as without a policy is no decision.
import { expect, test } from 'vitest'
import { rulesOf } from '../../../../main/policy/logic/rules.ts'
import { noPolicy, policySchema } from '../../../../main/policy/schema.ts'

test('every key that differs, as it is written in the file', () => {
  const policy = policySchema.parse({
    version: 1,
    organisation: { name: 'Example Works', contact: 'it@example.org' },
    settings: { localOnly: { value: true } },
    recommended: { language: 'de', saveBattery: false },
    cloudMode: 'ask',
    cloud: { providers: ['anthropic', 'own'], retention: { anthropic: '30 days' } },
    models: { sharedFolder: '/srv/models' },
    modelDownload: 'off',
  })
  expect(rulesOf(policy, noPolicy)).toEqual([
    { key: 'recommended.language', value: 'de' },
    { key: 'recommended.saveBattery', value: 'false' },
    { key: 'cloud.providers', value: 'anthropic, own' },
    { key: 'cloud.retention.anthropic', value: '30 days' },
    { key: 'modelDownload', value: 'off' },
    { key: 'models.sharedFolder', value: '/srv/models' },
  ])
})

test('no policy decides nothing; an empty list decides a great deal', () => {
  expect(rulesOf(noPolicy, noPolicy)).toEqual([])
  const none = policySchema.parse({ version: 1, allowedModelSha256: [] })
  expect(rulesOf(none, noPolicy)).toEqual([{ key: 'allowedModelSha256', value: '[]' }])
})
