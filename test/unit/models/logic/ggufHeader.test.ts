// The GGUF validator against sound headers, the named hostile probes (V10), windows of any size, and seeded mutations.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseGgufHeader, type HeaderOutcome } from '../../../../main/models/logic/ggufHeader.ts'
import { ggufBytes, listHead, soundFile, withMetadata, type FixtureFile } from '../../../fixtures/gguf.ts'

const starter = new URL('../../../../resources/models/sotto-starter.gguf', import.meta.url)
const tokens = ['<unk>', '<s>', '</s>', 'a', 'b', 'c', 'd', 'e']
const huge = 2n ** 60n

function parse(file: FixtureFile): HeaderOutcome {
  return parseBytes(ggufBytes(file))
}

function parseBytes(bytes: Uint8Array): HeaderOutcome {
  return parseGgufHeader(bytes, bytes.length)
}

function refused(reason: string): HeaderOutcome {
  return { state: 'invalid', reason }
}

test('a sound header gives its facts', () => {
  expect(parse(soundFile)).toEqual({
    state: 'valid',
    facts: {
      architecture: 'llama',
      name: 'Tiny',
      parameters: 72,
      contextLength: 512,
      blockCount: 2,
      embeddingLength: 8,
      keyValueHeads: 1,
      keyLength: 4,
      valueLength: 4,
      vocabularySize: 8,
      chatTemplate: '{{ messages }}',
      fileType: 0,
      headerBytes: ggufBytes(soundFile).length - 288,
    },
  })
})

test('the starter model passes, read window by window as a download would be', () => {
  const bytes = readFileSync(starter)
  const asked: number[] = []
  let window = 24
  let outcome = parseGgufHeader(bytes.subarray(0, window), bytes.length)
  while (outcome.state === 'more') {
    asked.push(outcome.upTo)
    window = Math.max(outcome.upTo, window * 2)
    outcome = parseGgufHeader(bytes.subarray(0, window), bytes.length)
  }
  expect(outcome).toMatchObject({
    state: 'valid',
    facts: { architecture: 'llama', parameters: 7280480, contextLength: 2048, keyLength: 128, vocabularySize: 8192 },
  })
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.every((upTo) => upTo <= bytes.length)).toBe(true)
})

test('any window of a sound header asks for more and never refuses', () => {
  const bytes = ggufBytes(soundFile)
  for (let length = 0; length < bytes.length - 288 - 31; length++) {
    const outcome = parseGgufHeader(bytes.subarray(0, length), bytes.length)
    expect(outcome.state).toBe('more')
    expect(outcome).toSatisfy((value: HeaderOutcome) => value.state === 'more' && value.upTo > length)
  }
})

describe('hostile probes', () => {
  const probes: readonly (readonly [string, Uint8Array, string])[] = [
    ['empty', new Uint8Array(0), 'empty'],
    ['garbage', Uint8Array.from({ length: 4096 }, (_, index) => (index * 73 + 41) & 0xff), 'not-gguf'],
    ['magic only', new TextEncoder().encode('GGUF'), 'too-short'],
    ['huge key count', ggufBytes({ metadata: {}, tensors: [], keyCount: huge, tensorCount: 1n }), 'number-too-large'],
    ['large key count', ggufBytes({ ...soundFile, keyCount: 10_001n }), 'too-many-keys'],
    ['huge tensor count', ggufBytes({ metadata: {}, tensors: [], tensorCount: huge }), 'number-too-large'],
    ['large tensor count', ggufBytes({ ...soundFile, tensorCount: 100_001n }), 'too-many-tensors'],
    [
      'huge string',
      ggufBytes(withMetadata({ 'general.name': raw(8, u64(16n * 1024n * 1024n + 1n)) })),
      'string-too-long',
    ],
    ['string past the end', ggufBytes(withMetadata({ 'general.name': raw(8, u64(1_000_000n)) })), 'truncated'],
    ['no tensors', ggufBytes({ ...soundFile, tensors: [] }), 'no-tensors'],
    ['truncated tensor', ggufBytes({ ...soundFile, dataBytes: 100 }), 'tensor-out-of-bounds'],
    [
      'tensor out of bounds',
      ggufBytes({ ...soundFile, tensors: [{ name: 'a', dimensions: [8], offset: 2n ** 40n }] }),
      'tensor-out-of-bounds',
    ],
    [
      'bad tensor type',
      ggufBytes({ ...soundFile, tensors: [{ name: 'a', dimensions: [8], ggmlType: 4 }] }),
      'unknown-tensor-type',
    ],
    [
      '100,000 blocks',
      ggufBytes(withMetadata({ 'llama.block_count': { type: 'u32', value: 100_000 } })),
      'bad-block-count',
    ],
    [
      'byte token outside its table',
      ggufBytes(
        withMetadata({
          'tokenizer.ggml.model': { type: 'text', value: 'plamo2' },
          'tokenizer.ggml.tokens': { type: 'texts', value: ['<0x-1>', ...tokens.slice(1)] },
        }),
      ),
      'bad-byte-token',
    ],
    [
      'scores of one byte each',
      ggufBytes(withMetadata({ 'tokenizer.ggml.scores': { type: 'u8s', value: tokens.map(() => 1) } })),
      'bad-scores',
    ],
  ]
  test.each(probes)('%s', (_, bytes, reason) => {
    expect(parseBytes(bytes)).toEqual(refused(reason))
  })
})

describe('refusals', () => {
  const first = { name: 'a', dimensions: [8] }
  const cases: readonly (readonly [string, FixtureFile, string])[] = [
    ['version 1', { ...soundFile, version: 1 }, 'version-unsupported'],
    ['big-endian', { ...soundFile, version: 0x03000000 }, 'big-endian'],
    ['clip', withMetadata({ 'general.architecture': { type: 'text', value: 'clip' } }), 'projector'],
    ['no architecture', withMetadata({ 'general.architecture': undefined }), 'unknown-architecture'],
    ['alignment 24', withMetadata({ 'general.alignment': { type: 'u32', value: 24 } }), 'bad-alignment'],
    ['alignment 0', withMetadata({ 'general.alignment': { type: 'u32', value: 0 } }), 'bad-alignment'],
    ['part of a split file', withMetadata({ 'split.count': { type: 'u32', value: 3 } }), 'split-file'],
    ['no context', withMetadata({ 'llama.context_length': { type: 'u32', value: 0 } }), 'bad-context-length'],
    ['no embedding', withMetadata({ 'llama.embedding_length': undefined }), 'bad-embedding-length'],
    ['heads', withMetadata({ 'llama.attention.head_count': { type: 'u32', value: 1e6 } }), 'bad-head-count'],
    ['head length', withMetadata({ 'llama.attention.key_length': { type: 'f32', value: NaN } }), 'bad-head-length'],
    ['no tokens', withMetadata({ 'tokenizer.ggml.tokens': undefined }), 'no-vocabulary'],
    ['few types', withMetadata({ 'tokenizer.ggml.token_type': { type: 'i32s', value: [1] } }), 'bad-token-types'],
    ['few scores', withMetadata({ 'tokenizer.ggml.scores': { type: 'f32s', value: [1] } }), 'bad-scores'],
    ['merges', withMetadata({ 'tokenizer.ggml.merges': { type: 'i32s', value: [1] } }), 'bad-merges'],
    ['token id', withMetadata({ 'tokenizer.ggml.bos_token_id': { type: 'u32', value: 8 } }), 'bad-token-id'],
    ['value type 13', withMetadata({ extra: raw(13, new Uint8Array(8)) }), 'unknown-value-type'],
    ['array in array', withMetadata({ extra: raw(9, listHead(9, 1n)) }), 'nested-array'],
    ['endless array', withMetadata({ extra: raw(9, listHead(0, 2n ** 40n)) }), 'array-too-long'],
    ['flag of 2', withMetadata({ extra: raw(7, Uint8Array.of(2)) }), 'bad-flag'],
    ['no name for a key', withMetadata({ '': { type: 'u32', value: 1 } }), 'bad-key'],
    ['tensor name', { ...soundFile, tensors: [{ ...first, name: 'x'.repeat(64) }] }, 'tensor-name-too-long'],
    ['same tensor twice', { ...soundFile, tensors: [first, first] }, 'duplicate-tensor'],
    ['five dimensions', { ...soundFile, tensors: [{ ...first, dimensions: [8, 1, 1, 1, 1] }] }, 'bad-dimensions'],
    ['no elements', { ...soundFile, tensors: [{ ...first, dimensions: [0] }] }, 'bad-dimensions'],
    [
      'overflow',
      { ...soundFile, tensors: [{ ...first, dimensions: [2n ** 40n, 2n ** 40n] }], dataBytes: 32 },
      'bad-dimensions',
    ],
    ['row not of whole blocks', { ...soundFile, tensors: [{ ...first, ggmlType: 2 }] }, 'bad-dimensions'],
    ['misaligned', { ...soundFile, tensors: [{ ...first, offset: 4n }] }, 'tensor-misaligned'],
    ['gap', { ...soundFile, tensors: [{ ...first, offset: 64n }], dataBytes: 128 }, 'tensor-misplaced'],
  ]
  test.each(cases)('%s', (_, file, reason) => {
    expect(parse(file)).toEqual(refused(reason))
  })
})

test('300 seeded mutations of two headers end at once, each as one of the three outcomes', () => {
  const random = seeded(20261120)
  const originals = [ggufBytes(soundFile), new Uint8Array(readFileSync(starter).subarray(0, 262_144))]
  const begun = performance.now()
  const outcomes = { valid: 0, invalid: 0, more: 0 }
  for (let round = 0; round < 300; round++) {
    const bytes = (originals[round % 2] ?? new Uint8Array()).slice()
    const span = round % 3 === 0 ? bytes.length : Math.min(bytes.length, 2048)
    for (let flip = 0; flip <= random() * 6; flip++) bytes[Math.floor(random() * span)] = Math.floor(random() * 256)
    const cut = random() < 0.2 ? Math.floor(random() * bytes.length) : bytes.length
    outcomes[parseGgufHeader(bytes.subarray(0, cut), 14_758_560).state]++
  }
  expect(outcomes.valid + outcomes.invalid + outcomes.more).toBe(300)
  expect(outcomes.invalid).toBeGreaterThan(50)
  expect(performance.now() - begun).toBeLessThan(10_000)
})

function raw(valueType: number, bytes: Uint8Array) {
  return { type: 'raw', valueType, bytes } as const
}

function u64(value: bigint): Uint8Array {
  return new Uint8Array(BigUint64Array.of(value).buffer)
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
