// The bench model's vocabulary and file: every word one token, the file sound for our own validator, the chain closed.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseGgufHeader } from '../../../main/models/logic/ggufHeader.ts'
import { countWords, createVocabulary, text, wordOf } from '../../bench/model/vocabulary.ts'
import { type Shape, writeModel } from '../../bench/model/writeModel.ts'

/** Joins the pair that comes first among the merges until none is left, as a byte-pair tokenizer does. */
function tokenize(word: string, ranks: ReadonlyMap<string, number>): readonly string[] {
  let parts = [...word]
  for (;;) {
    const pairs = parts.slice(1).map((right, index) => ranks.get(`${parts[index] ?? ''} ${right}`) ?? Infinity)
    const best = Math.min(...pairs)
    if (best === Infinity) return parts
    const at = pairs.indexOf(best)
    parts = [...parts.slice(0, at), (parts[at] ?? '') + (parts[at + 1] ?? ''), ...parts.slice(at + 2)]
  }
}

describe('the vocabulary', () => {
  const size = 20_000
  const { tokens, merges, firstWord, words } = createVocabulary(size)

  test('has the size asked for, no token twice, and its control tokens at the end', () => {
    expect(tokens.length).toBe(size)
    expect(new Set(tokens).size).toBe(size)
    expect(tokens.slice(firstWord + words)).toEqual(['<|endoftext|>', '<|im_start|>', '<|im_end|>'])
  })

  test('reads every word it can write back as the same one token', () => {
    const ranks = new Map(merges.map((pair, rank) => [pair, rank]))
    for (let index = 0; index < words; index += 37) {
      const written = `Ġ${wordOf(index)}`
      expect(tokens[firstWord + index]).toBe(written)
      expect(tokenize(written, ranks)).toEqual([written])
    }
  })

  test('texts are as long as asked, and differ from their first word on', () => {
    const texts = Array.from({ length: 50 }, (_, seed) => text(20, seed + 1))
    expect(texts.map((each) => each.split(' ').length)).toEqual(texts.map(() => 20))
    expect(new Set(texts.map((each) => each.split(' ')[0])).size).toBe(texts.length)
  })

  test('a piece of an answer holds as many tokens as spaces', () => expect(countWords(' bababa bebebe')).toBe(2))
})

describe('the file', () => {
  const shape: Shape = {
    layers: 1,
    embedding: 64,
    feedForward: 64,
    heads: 2,
    keyValueHeads: 1,
    vocabulary: 2300,
    contextTokens: 512,
    weights: 'q8',
  }
  const folder = mkdtempSync(join(tmpdir(), 'sotto-bench-model-')) // removed in `afterAll`
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('passes our own validator, is the same every time, and every word leads to one other', async () => {
    const path = join(folder, 'tiny.gguf')
    await writeModel(path, shape)
    const bytes = readFileSync(path)
    await writeModel(path, shape)
    expect(readFileSync(path).equals(bytes)).toBe(true)
    const header = parseGgufHeader(bytes, bytes.length)
    if (header.state !== 'valid') throw new Error(JSON.stringify(header))
    const { architecture, blockCount, embeddingLength, keyLength, vocabularySize, headerBytes } = header.facts
    expect({ architecture, blockCount, embeddingLength, keyLength, vocabularySize }).toEqual({
      architecture: 'llama',
      blockCount: 1,
      embeddingLength: 64,
      keyLength: 32,
      vocabularySize: 2300,
    })
    const row = (shape.embedding / 32) * 34
    const table = (start: number) => (id: number) => bytes.subarray(start + id * row, start + (id + 1) * row)
    const embedding = table(headerBytes)
    const output = table(bytes.length - Math.ceil((row * shape.vocabulary) / 32) * 32)
    const { firstWord, words } = createVocabulary(shape.vocabulary)
    const byContent = new Map(
      Array.from({ length: words }, (_, word) => [output(firstWord + word).toString('hex'), word]),
    )
    const visited = new Set<number>()
    for (let word = 0; !visited.has(word);) {
      visited.add(word)
      word = byContent.get(embedding(firstWord + word).toString('hex')) ?? -1
      expect(word).toBeGreaterThanOrEqual(0)
    }
    expect(visited.size).toBe(words)
  })

  test('with 4-bit weights it passes too, and is smaller', async () => {
    const sizes: number[] = []
    for (const weights of ['q8', 'q4'] as const) {
      const path = join(folder, `${weights}.gguf`)
      await writeModel(path, { ...shape, weights })
      const bytes = readFileSync(path)
      expect(parseGgufHeader(bytes, bytes.length)).toMatchObject({ state: 'valid' })
      sizes.push(bytes.length)
    }
    // Five matrices of 64 × 64 and two of 64 × 32: 16 bytes less in every block of 32.
    const matrices = 64 * 64 * 5 + 64 * 32 * 2
    expect((sizes[0] ?? 0) - (sizes[1] ?? 0)).toBe((matrices / 32) * 16)
  })
})
