// The memory formula: what a model needs, and the context that fits.
import { expect, test } from 'vitest'
import { fitContext, neededBytes, stateBytesPerToken } from '../../../../main/models/logic/fit.ts'

/** The shape of a 7-billion-parameter model with grouped heads. */
const facts = {
  blockCount: 32,
  keyValueHeads: 8,
  keyLength: 128,
  valueLength: 128,
  vocabularySize: 128_256,
  embeddingLength: 4096,
}
const weights = 4_700_000_000

test('state per token is keys and values of every layer at two bytes', () => {
  expect(stateBytesPerToken(facts)).toBe(131_072)
})

test('a larger context needs its state and nothing else more', () => {
  expect(neededBytes(weights, facts, 8192) - neededBytes(weights, facts, 4096)).toBe(4096 * 131_072 * 2)
})

test('with room the limit is given, else the largest step that fits', () => {
  const chat = neededBytes(weights, facts, 8192)
  const room = chat + 4 * 4096 * 131_072
  expect(fitContext(weights, facts, 8192, room)).toEqual({
    contextTokens: 8192,
    mapContextTokens: 4096,
    neededBytes: chat,
    fits: true,
  })
  expect(fitContext(weights, facts, 8192, room - 1)).toMatchObject({ contextTokens: 8192, mapContextTokens: 3072 })
  expect(fitContext(weights, facts, 8192, chat)).toMatchObject({ contextTokens: 8192, mapContextTokens: 512 })
  expect(fitContext(weights, facts, 8192, chat - 1)).toMatchObject({ contextTokens: 6144, fits: true })
  expect(fitContext(weights, facts, 1000, room)).toMatchObject({ contextTokens: 1000, mapContextTokens: 1000 })
})

test('without room for the smallest it does not fit, and says what it would need', () => {
  expect(fitContext(weights, facts, 8192, 4_000_000_000)).toEqual({
    contextTokens: 512,
    mapContextTokens: 512,
    neededBytes: neededBytes(weights, facts, 512),
    fits: false,
  })
})
