// What is typed about an endpoint and what it becomes.
import { expect, test } from 'vitest'
import { emptyEndpoint, endpointOf } from '../../../../renderer/features/settings/endpointForm.ts'

const typed = { ...emptyEndpoint, name: ' House ', baseUrl: ' http://127.0.0.1:8000/v1 ', model: ' qwen ' }

test('a whole form becomes an endpoint, without the spaces around it', () => {
  expect(endpointOf({ ...typed, inside: true, keyNeeded: false })).toEqual({
    kind: 'private',
    name: 'House',
    baseUrl: 'http://127.0.0.1:8000/v1',
    models: [{ id: 'qwen', name: 'qwen', contextTokens: 32768, outputTokens: 4096 }],
    inside: true,
    keyNeeded: false,
  })
})

test('only a private endpoint is inside or without a key', () => {
  const azure = endpointOf({ ...typed, kind: 'azure', inside: true, keyNeeded: false })
  expect([azure?.inside, azure?.keyNeeded]).toEqual([false, true])
})

test.each([{ name: ' ' }, { baseUrl: '' }, { model: '' }, { contextTokens: '100' }, { outputTokens: 'many' }])(
  '%j is not enough',
  (missing) => {
    expect(endpointOf({ ...typed, ...missing })).toBe(null)
  },
)
