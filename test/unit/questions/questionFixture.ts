// Questions over a real database in memory, documents of a few paragraphs, and a scripted model.
import type { Segment } from '#contract/document.ts'
import type { QuestionAnswer, QuestionItem } from '#contract/question.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import { fileURLToPath } from 'node:url'
import { DocumentStore } from '../../../main/documents/documentStore.ts'
import { PassageFinder } from '../../../main/documents/library/passageFinder.ts'
import type { LoadedModel } from '../../../main/inference/localGenerator.ts'
import { PromptLibrary } from '../../../main/prompts/promptLibrary.ts'
import type { Embedder } from '../../../main/questions/meaningIndex.ts'
import { QuestionService, type QuestionOrder } from '../../../main/questions/questionService.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { createFakeGenerator, fakeModel, type FakeGenerator, type Script } from '../../fakes/fakeGenerator.ts'
import { createFakeLogger } from '../../fakes/fakeLogger.ts'

const prompts = fileURLToPath(new URL('../../../resources/prompts/', import.meta.url))

/** The service and what it was made with. */
export type QuestionFixture = {
  readonly questions: QuestionService
  readonly generator: FakeGenerator
  readonly documents: DocumentStore
  readonly logger: ReturnType<typeof createFakeLogger>
}

/** How the model behaves: only copies, answers by a script, or is not there. */
export type Model = 'copies' | 'missing' | { readonly answers: Script; readonly contextTokens?: number }

/** A service over a storage. */
export async function createQuestionFixture(
  storage: Storage,
  model: Model = 'copies',
  embedder?: Embedder,
): Promise<QuestionFixture> {
  const free = typeof model === 'object'
  const loaded: LoadedModel = {
    ...fakeModel,
    summaryMode: free ? 'free' : 'extractive',
    mapContextTokens: (free ? model.contextTokens : undefined) ?? fakeModel.mapContextTokens,
  }
  const generator = createFakeGenerator(free ? model.answers : undefined, loaded)
  const documents = new DocumentStore(storage)
  const finder = new PassageFinder(storage)
  const logger = createFakeLogger()
  let ids = 0
  const questions = new QuestionService({
    storage,
    documents: {
      async get(id) {
        const found = await documents.get(id)
        if (!found.ok) return found
        return found.value === undefined ? fail('not-found', { what: 'document', id }) : ok(found.value)
      },
      segments: (id, from, count) => documents.segments(id, from, count),
      allSegments: (id) => documents.segments(id, 0, -1),
    },
    library: {
      async near(order) {
        const found = await finder.find(order)
        return found.ok ? ok({ ...found.value, waiting: 2 }) : found
      },
    },
    generator,
    prompts: await PromptLibrary.load(prompts),
    chosenModel: async () => (model === 'missing' ? fail('model-not-installed', {}) : ok(loaded)),
    ...(embedder === undefined ? {} : { embedder }),
    logger,
    now: () => new Date('2026-01-02T00:00:00Z'),
    newId: () => `id-${(ids += 1)}`,
  })
  return { questions, generator, documents, logger }
}

/** Keeps a document of paragraphs, each on a page of its own. */
export async function keepText(storage: Storage, id: string, paragraphs: readonly string[]): Promise<void> {
  const store = new DocumentStore(storage)
  const segments = paragraphs.map((text, at): Segment => ({
    text,
    kind: 'paragraph',
    locator: { kind: 'page', page: at + 1, start: 0, end: text.length },
  }))
  const file = { name: `${id}.pdf`, path: `/${id}.pdf`, sha256: id.padEnd(64, '0'), format: 'pdf' as const, bytes: 1 }
  await store.begin({ id, ...file, addedAt: '2026-01-01T00:00:00.000Z', unopened: false })
  await store.append(id, 0, segments)
  const coverage = { unit: 'page' as const, total: segments.length, read: segments.length, withoutText: [] }
  await store.complete(id, { characters: 1, segments: segments.length, title: null, coverage })
}

/** Everything a question yields, and how it ended. */
export async function asked(
  questions: QuestionService,
  order: QuestionOrder,
  signal: AbortSignal = new AbortController().signal,
): Promise<{
  readonly items: QuestionItem[]
  readonly ending: Result<void>
  readonly answer: QuestionAnswer | undefined
}> {
  const stream: Stream<QuestionItem> = questions.ask(order, signal)
  const items: QuestionItem[] = []
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      const found = items.find((item) => item.type === 'answer')
      return { items, ending: step.value, answer: found?.type === 'answer' ? found.answer : undefined }
    }
    items.push(step.value)
  }
}
