// Verdicts on this computer, in numbers.
import { describe, expect, test } from 'vitest'
import { neededBytes } from '../../../../main/models/logic/fit.ts'
import { bestChoice, needFromSize, needOf, verdictOf } from '../../../../main/models/logic/verdict.ts'

const facts = {
  blockCount: 32,
  keyValueHeads: 8,
  keyLength: 128,
  valueLength: 128,
  vocabularySize: 128_256,
  embeddingLength: 4096,
}
const gib = 1024 ** 3
const weights = 2_000_000_000
const need = needOf(weights, facts, 131_072)
const least = neededBytes(weights, facts, 2048)
const none = { gpuName: null, gpuLayers: 0, totalLayers: 33, exact: true }

describe('the verdict', () => {
  test('all on the GPU, with the room its memory leaves', () => {
    const machine = { availableBytes: 8 * gib, totalBytes: 16 * gib, gpu: { name: 'Card', bytes: 8 * gib } }
    const tokens = Math.floor((8 * gib * 0.9 - neededBytes(weights, facts, 0)) / (131_072 * 2))
    expect(verdictOf(need, machine)).toEqual({
      kind: 'gpu',
      contextTokens: tokens,
      neededBytes: least,
      availableBytes: 8 * gib,
      totalBytes: 16 * gib,
      gpuName: 'Card',
      gpuLayers: 33,
      totalLayers: 33,
      exact: true,
    })
  })

  test('partly on the GPU; on one too small for a quarter not at all', () => {
    const on = (bytes: number) =>
      verdictOf(need, { availableBytes: 8 * gib, totalBytes: 16 * gib, gpu: { name: 'Card', bytes } })
    expect(on(2 * gib)).toMatchObject({
      kind: 'gpu-part',
      gpuName: 'Card',
      gpuLayers: Math.floor((33 * 1.8 * gib) / least),
    })
    expect(on(gib / 2)).toMatchObject({ kind: 'memory', gpuName: null })
  })

  test.each([
    ['memory', weights, 8 * gib, 16 * gib],
    ['slow', 5_000_000_000, 12 * gib, 16 * gib],
    ['tight', weights, least - 1, 16 * gib],
    ['too-large', weights, gib, 4 * gib],
  ] as const)('%s', (kind, bytes, availableBytes, totalBytes) => {
    const verdict = verdictOf(needOf(bytes, facts, 131_072), { availableBytes, totalBytes, gpu: null })
    expect(verdict).toMatchObject({
      kind,
      neededBytes: neededBytes(bytes, facts, 2048),
      availableBytes,
      totalBytes,
      ...none,
    })
  })

  test('exactly enough is enough, and the room is then the least', () => {
    const machine = { availableBytes: least, totalBytes: 16 * gib, gpu: null }
    expect(verdictOf(need, machine)).toMatchObject({ kind: 'memory', contextTokens: 2048 })
  })

  test('without a header the layers are not known and it says so', () => {
    const machine = { availableBytes: 8 * gib, totalBytes: 16 * gib, gpu: null }
    expect(verdictOf(needFromSize(weights, 4096), machine)).toMatchObject({
      kind: 'memory',
      contextTokens: 4096,
      totalLayers: null,
      exact: false,
    })
  })
})

test('the best choice is the largest that runs well, else partly, else slowly, else none', () => {
  const model = (id: string, bytes: number, kind: 'memory' | 'gpu' | 'slow' | 'gpu-part' | 'tight') => ({
    id,
    bytes,
    verdict: { ...verdictOf(need, { availableBytes: 1, totalBytes: 1, gpu: null }), kind },
  })
  expect(bestChoice([model('a', 1, 'gpu'), model('b', 2, 'memory'), model('c', 9, 'slow')])).toBe('b')
  expect(bestChoice([model('c', 9, 'slow'), model('d', 3, 'gpu-part')])).toBe('d')
  expect(bestChoice([model('c', 9, 'slow'), model('e', 99, 'tight')])).toBe('c')
  expect(bestChoice([model('e', 99, 'tight')])).toBeNull()
})
