// Vectors of an embedding model: made in the background and resumed, fused with the words, never a reason to guess.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fail, ok, type Result } from '#contract/result.ts'
import { MeaningIndex, type Embedder } from '../../../main/questions/meaningIndex.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { asked, createQuestionFixture, keepText } from './questionFixture.ts'

/** Meanings by hand: texts about the same thing point the same way, whatever their words. */
const meanings: readonly (readonly [RegExp, number])[] = [
  [/felines|cat|pets/i, 0],
  [/rent|euros/i, 1],
  [/begins|start/i, 2],
]

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(4)
  vector[meanings.find(([pattern]) => pattern.test(text))?.[1] ?? 3] = 1
  return vector
}

function fakeEmbedder(fails: { at?: number } = {}): Embedder & { readonly embedded: string[]; sha256: string } {
  const embedded: string[] = []
  const embedder = {
    embedded,
    sha256: 'e'.repeat(64),
    model: async () => ({ sha256: embedder.sha256 }),
    embed: async (texts: readonly string[]): Promise<Result<readonly Float32Array[]>> => {
      if (fails.at !== undefined && embedded.length >= fails.at) return fail('engine-crashed', {})
      embedded.push(...texts)
      return ok(texts.map(vectorOf))
    },
  }
  return embedder
}

const house = [
  'Felines and canines are not admitted to the premises.',
  'The monthly rent is 900 euros, payable in advance.',
  'The tenancy begins on the first of March.',
]
let storage: Storage

beforeEach(async () => {
  storage = await openMemoryStorage()
  await keepText(storage, 'house', house)
})
afterEach(() => storage.close())

async function vectorsKept(): Promise<number> {
  const counted = await storage.get<{ n: number }>('SELECT count(*) AS n FROM segment_vectors')
  return counted.ok ? (counted.value?.n ?? 0) : -1
}

test('every segment gets its vector once; what comes later is added, and a cut pass goes on where it stopped', async () => {
  const broken = new MeaningIndex({ storage, embedder: fakeEmbedder({ at: 0 }), logger: createFakeLogger() })
  await broken.keepUp()
  expect(await vectorsKept()).toBe(0)
  const embedder = fakeEmbedder()
  const index = new MeaningIndex({ storage, embedder, logger: createFakeLogger() })
  await index.keepUp()
  expect(embedder.embedded).toEqual(house)
  await keepText(storage, 'more', ['A notice about the garden and its fence.'])
  await index.keepUp()
  expect(embedder.embedded.slice(3)).toEqual(['A notice about the garden and its fence.'])
  expect(await vectorsKept()).toBe(4)
  await index.close()
})

test('a text of more tokens than the model takes keeps no other text from its vector', async () => {
  const signs = '\u4E2D'.repeat(700)
  await keepText(storage, 'signs', [signs, '\u{1F600}'.repeat(90), 'A notice about the garden and its fence.'])
  const embedder = fakeEmbedder()
  const embed = embedder.embed.bind(embedder)
  const limited: Embedder = {
    ...embedder,
    embed: (texts, signal) => {
      const neededTokens = Math.max(...texts.map((text) => text.length + (text.match(/[^ -~]/gu)?.length ?? 0) * 2))
      if (neededTokens <= 620 && !texts.some((text) => text.startsWith('\u{1F600}'))) return embed(texts, signal)
      return Promise.resolve(fail('context-full', { neededTokens, contextTokens: 620, reservedTokens: 2 }))
    },
  }
  const index = new MeaningIndex({ storage, embedder: limited, logger: createFakeLogger() })
  await index.keepUp()
  expect(embedder.embedded).toEqual([...house, signs.slice(0, 200), 'A notice about the garden and its fence.'])
  expect(await vectorsKept()).toBe(5)
  await index.close()
})

test('another model’s vectors take the place of the old ones, and a forgotten document takes its own along', async () => {
  const embedder = fakeEmbedder()
  const index = new MeaningIndex({ storage, embedder, logger: createFakeLogger() })
  await index.keepUp()
  embedder.sha256 = 'f'.repeat(64)
  await index.keepUp()
  expect(await vectorsKept()).toBe(3)
  const { documents } = await createQuestionFixture(storage)
  await documents.forget(['house'])
  expect(await vectorsKept()).toBe(0)
})

test('a passage whose meaning is near is given to the model though it shares no word with the question', async () => {
  const embedder = fakeEmbedder()
  const fixture = await createQuestionFixture(storage, { answers: () => 'NONE' }, embedder)
  await fixture.questions.keepUp()
  const question = 'May I keep a cat?'
  const { answer } = await asked(fixture.questions, { scope: { documentId: 'house' }, question })
  expect(fixture.generator.requests[0]?.turns[0]?.text).toContain(house[0])
  expect(answer).toMatchObject({ outcome: 'absent', absentBecause: 'model', provenance: { embedded: true } })
})

test('where a model only copies, nearness alone is no answer', async () => {
  const fixture = await createQuestionFixture(storage, 'copies', fakeEmbedder())
  await fixture.questions.keepUp()
  const { answer } = await asked(fixture.questions, { scope: { documentId: 'house' }, question: 'May I keep a cat?' })
  expect(answer).toMatchObject({ outcome: 'absent', absentBecause: 'search' })
  expect(answer?.passages[0]?.text).toContain(house[0])
})

test('an engine that fails leaves the words', async () => {
  const fixture = await createQuestionFixture(storage, 'copies', fakeEmbedder({ at: 0 }))
  const { answer } = await asked(fixture.questions, {
    scope: { documentId: 'house' },
    question: 'How much is the rent?',
  })
  expect(answer).toMatchObject({ outcome: 'passages', provenance: { embedded: false } })
})
