// What was measured about steps side by side, kept by model and conditions.
import { expect, test } from 'vitest'
import { SequenceSpeedStore } from '../../../main/models/sequenceSpeedStore.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'

test('speeds are kept by model and conditions, the latest of each', async () => {
  const storage = await openMemoryStorage()
  const store = new SequenceSpeedStore({ storage, now: () => new Date('2026-11-20T10:00:00Z') })
  const one = [{ sequences: 1, tokensPerSecond: 12.5 }]
  const two = [...one, { sequences: 8, tokensPerSecond: 30 }]
  expect(await store.get('m', 'here')).toBe(null)
  await store.set('m', 'here', one)
  await store.set('m', 'here', two)
  await store.set('m', 'there', one)
  expect(await store.get('m', 'here')).toEqual(two)
  expect(await store.get('m', 'there')).toEqual(one)
  expect(await store.get('other', 'here')).toBe(null)
})
