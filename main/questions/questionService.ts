// Questions to documents as windows and commands use them: look, judge, answer, keep.
import type { QuestionAnswer, QuestionItem, QuestionScope, QuestionThread } from '#contract/question.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { SummaryMode } from '#contract/summary.ts'
import type { LibraryService } from '../documents/library/libraryService.ts'
import type { Logger } from '../host.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'
import type { Storage } from '../storage/storage.ts'
import { givenAsPassages, notThere, writtenByModel, type QuestionPrompt, type Written } from './answerWriter.ts'
import { fuse } from './logic/fusion.ts'
import { withEarlier } from './logic/followUp.ts'
import { passagesOf, type Found } from './logic/passages.ts'
import { readQuestion, type Question } from './logic/question.ts'
import { rankLines } from './logic/ranking.ts'
import { supportOf, type Support } from './logic/support.ts'
import { MeaningIndex, type Embedder } from './meaningIndex.ts'
import { QuestionStore } from './questionStore.ts'
import { TextGatherer, type QuestionDocuments, type SearchedTexts } from './textGatherer.ts'

/** What the service needs. `chosenModel` says which model would answer, without loading it. */
export type QuestionServiceNeeds = {
  readonly storage: Storage
  readonly documents: QuestionDocuments
  readonly library: Pick<LibraryService, 'near'>
  readonly generator: LocalGenerator
  readonly prompts: { get(id: 'question-answer'): QuestionPrompt }
  /** Absent: words alone are looked for. */
  readonly embedder?: Embedder
  readonly chosenModel: (
    signal?: AbortSignal,
  ) => Promise<Result<{ readonly name: string; readonly summaryMode: SummaryMode }>>
  readonly logger: Logger
  readonly now: () => Date
  readonly newId: () => string
}

/** What is asked; see the contract. */
export type QuestionOrder = {
  readonly scope: QuestionScope
  readonly question: string
  readonly threadId?: string | undefined
}

/** Raised when the search would find other passages for the same question and texts. */
export const searchMethod = 'passages-2'

/** From this cosine on a model is asked although the words are not there: it may still say that nothing says so. */
const nearEnough = 0.72

/** How many passages are looked at, and how long each may be, in characters. */
const limits = { count: 6, characters: 700 }

/** What was found and what it is worth. */
type Looked = {
  readonly texts: SearchedTexts
  readonly found: readonly Found[]
  readonly support: Support
  /** Cosine of the segment nearest in meaning; null where nothing measures it. */
  readonly closeness: number | null
}

/** The use cases of questions. */
export class QuestionService {
  readonly #needs: QuestionServiceNeeds
  readonly #store: QuestionStore
  readonly #texts: TextGatherer
  readonly #meaning: MeaningIndex | null

  constructor(needs: QuestionServiceNeeds) {
    this.#needs = needs
    this.#store = new QuestionStore(needs.storage)
    this.#texts = new TextGatherer(needs)
    this.#meaning = needs.embedder === undefined ? null : new MeaningIndex({ ...needs, embedder: needs.embedder }) // closed in `close`
  }

  /** See `questions.ask`. */
  async *ask(order: QuestionOrder, signal: AbortSignal): Stream<QuestionItem> {
    const { newId, now, logger } = this.#needs
    const started = now().getTime()
    const question = await this.#understand(order)
    if (!question.ok) return question
    const threadId = order.threadId ?? newId()
    const answerId = newId()
    const words = wordsOf(question.value)
    yield { type: 'accepted', threadId, answerId, ...words }
    const looked = await this.#look(order.scope, question.value, signal)
    if (!looked.ok) return looked
    if (looked.value === null) return yield* ended('stopped')
    const { texts, support } = looked.value
    const written = yield* this.#answer(looked.value, signal)
    if (!written.ok) return written
    const { model, prompt, passages, claims, ...said } = written.value
    if (said.reason === 'stopped' && said.text === '') return yield* ended('stopped')
    const answer: QuestionAnswer = {
      id: answerId,
      threadId,
      scope: order.scope,
      question: order.question,
      ...words,
      missing: [...support.missing],
      ...said,
      claims: [...claims],
      passages: [...passages],
      searched: texts.searched,
      provenance: {
        documentSha256: texts.documentSha256,
        method: searchMethod,
        model,
        prompt,
        embedded: looked.value.closeness !== null,
        seed: 0,
        createdAt: now().toISOString(),
      },
    }
    const kept = await this.#store.keep(answer)
    // Beside another owner of the data folder an answer is given and not kept.
    if (!kept.ok && kept.failure.code !== 'data-read-only') return kept
    const milliseconds = now().getTime() - started
    logger.info('questions.answered', { outcome: answer.outcome, passages: passages.length, milliseconds })
    yield { type: 'answer', answer }
    return yield* ended(answer.reason)
  }

  /** Threads of a scope, last used first. */
  list(scope: QuestionScope): Promise<Result<readonly QuestionThread[]>> {
    return this.#store.threads(scope)
  }

  /** A thread with its answers. Failure: `not-found`. */
  async thread(
    threadId: string,
  ): Promise<Result<{ readonly thread: QuestionThread; readonly answers: readonly QuestionAnswer[] }>> {
    const thread = await this.#thread(threadId)
    if (!thread.ok) return thread
    const answers = await this.#store.answers(threadId)
    return answers.ok ? ok({ thread: thread.value, answers: answers.value }) : answers
  }

  /** One answer. Failure: `not-found`. */
  async answer(answerId: string): Promise<Result<QuestionAnswer>> {
    const found = await this.#store.answer(answerId)
    if (!found.ok) return found
    return found.value === undefined ? fail('not-found', { what: 'answer', id: answerId }) : ok(found.value)
  }

  /** Forgets a thread. Failure: `not-found`. */
  async remove(threadId: string): Promise<Result<void>> {
    const removed = await this.#store.remove(threadId)
    if (!removed.ok) return removed
    return removed.value ? ok(undefined) : fail('not-found', { what: 'thread', id: threadId })
  }

  /** Makes the vectors of what came in, in the background, where an embedding model is installed. */
  keepUp(): Promise<void> {
    return this.#meaning?.keepUp() ?? Promise.resolve()
  }

  /** Ends work in the background; what it made stays. */
  async close(): Promise<void> {
    await this.#meaning?.close()
  }

  /** What asking would do now. */
  async ability(
    signal: AbortSignal,
  ): Promise<Result<{ readonly mode: SummaryMode | 'no-model'; readonly modelName: string | null }>> {
    const model = await this.#needs.chosenModel(signal)
    return ok(
      model.ok ? { mode: model.value.summaryMode, modelName: model.value.name } : { mode: 'no-model', modelName: null },
    )
  }

  /** The question, with words of the thread's earlier ones where it leans on them. Failure: `not-found`. */
  async #understand({ question, scope, threadId }: QuestionOrder): Promise<Result<Question>> {
    const read = readQuestion(question)
    if (threadId === undefined) return ok(read)
    const thread = await this.#thread(threadId)
    if (!thread.ok) return thread
    if (JSON.stringify(thread.value.scope) !== JSON.stringify(scope)) {
      return fail('not-found', { what: 'thread', id: threadId })
    }
    const answers = await this.#store.answers(threadId)
    if (!answers.ok) return answers
    const earlier: Question[] = []
    for (const each of answers.value) earlier.push(withEarlier(readQuestion(each.question), earlier))
    return ok(withEarlier(read, earlier))
  }

  async #look(scope: QuestionScope, question: Question, signal: AbortSignal): Promise<Result<Looked | null>> {
    const near = (await this.#meaning?.closest(question.text, scope, signal)) ?? ok([])
    if (!near.ok) return near
    // What came in since the last question gets its vectors now, for the next one.
    void this.#meaning?.keepUp()
    const texts = await this.#texts.gather(scope, question, near.value, signal)
    if (!texts.ok) return texts
    if (texts.value === null) return ok(null)
    const ranked = fuse(texts.value, rankLines(texts.value), near.value)
    const found = passagesOf(texts.value.index, ranked, limits)
    const closeness = near.value[0]?.closeness ?? null
    return ok({ texts: texts.value, found, support: supportOf(texts.value, found), closeness })
  }

  async *#answer(
    { texts, found, support, closeness }: Looked,
    signal: AbortSignal,
  ): AsyncGenerator<QuestionItem, Result<Written>, void> {
    const { chosenModel, generator, prompts } = this.#needs
    const chosen = await chosenModel(signal)
    const mode = chosen.ok ? chosen.value.summaryMode : 'extractive'
    if (texts.searched.documents === 0) return ok(notThere([], 'nothing-read', mode))
    // Nobody is asked to guess: what the search does not carry is said not to be there.
    const near = mode === 'free' && closeness !== null && closeness >= nearEnough
    if (support.absent && !near) return ok(notThere(found, 'search', mode))
    if (mode === 'extractive') return ok(givenAsPassages(found))
    const model = await generator.load(signal)
    if (!model.ok) return model
    const prompt = prompts.get('question-answer')
    return yield* writtenByModel({ generator, prompt, model: model.value }, { texts, found, seed: 0 }, signal)
  }

  async #thread(threadId: string): Promise<Result<QuestionThread>> {
    const found = await this.#store.thread(threadId)
    if (!found.ok) return found
    return found.value === undefined ? fail('not-found', { what: 'thread', id: threadId }) : ok(found.value)
  }
}

async function* ended(reason: QuestionAnswer['reason']): Stream<QuestionItem> {
  yield { type: 'finished', reason }
  return ok(undefined)
}

function wordsOf({ terms }: Question): { readonly lookedFor: string[]; readonly carried: string[] } {
  const shown = (carried: boolean) => terms.filter((term) => term.carried === carried).map((term) => term.shown)
  return { lookedFor: [...new Set([...shown(false), ...shown(true)])], carried: [...new Set(shown(true))] }
}
