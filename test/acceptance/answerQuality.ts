// How often questions with known answers find their place, and how often what is not there is refused: asked for real.
import { randomUUID } from 'node:crypto'
import type { Locator, Segment } from '#contract/document.ts'
import type { Passage, QuestionAnswer, QuestionItem, QuestionScope } from '#contract/question.ts'
import { fail, ok, type Stream } from '#contract/result.ts'
import { DocumentStore } from '../../main/documents/documentStore.ts'
import { PassageFinder } from '../../main/documents/library/passageFinder.ts'
import type { GenerationRequest, LoadedModel } from '../../main/inference/localGenerator.ts'
import { PromptLibrary } from '../../main/prompts/promptLibrary.ts'
import { QuestionService } from '../../main/questions/questionService.ts'
import type { Storage } from '../../main/storage/storage.ts'
import { createFakeGenerator, fakeModel, type Script } from '../fakes/fakeGenerator.ts'
import type { MadeDocument, MadeQuestion } from '../fixtures/questions/corpus.ts'

/** Asks and answers over a storage. */
export type Asking = {
  ask(scope: QuestionScope, question: string, after?: string | null): Promise<QuestionAnswer>
}

/** Puts documents into a storage as a reading would. */
export async function keepDocuments(storage: Storage, documents: readonly MadeDocument[]): Promise<void> {
  const store = new DocumentStore(storage)
  for (const { id, title, segments } of documents) {
    const file = {
      name: `${id}.txt`,
      path: `/questions/${id}.txt`,
      sha256: id.padEnd(64, '0'),
      format: 'text' as const,
    }
    const begun = await store.begin({ id, ...file, bytes: 1, addedAt: '2026-01-01T00:00:00.000Z', unopened: false })
    const kept = await store.append(id, 0, segments)
    const coverage = { unit: 'line' as const, total: segments.length, read: segments.length, withoutText: [] }
    const done = await store.complete(id, { characters: 1, segments: segments.length, title, coverage })
    if (!begun.ok || !kept.ok || !done.ok) throw new Error(`document ${id} could not be kept`)
  }
}

/** A service over the storage; without a script the model only copies. */
export async function askingOver(storage: Storage, prompts: string, script?: Script): Promise<Asking> {
  const store = new DocumentStore(storage)
  const finder = new PassageFinder(storage)
  const model: LoadedModel = { ...fakeModel, summaryMode: script === undefined ? 'extractive' : 'free' }
  const unknown = (id: string) => fail('not-found', { what: 'document', id })
  const questions = new QuestionService({
    storage,
    documents: {
      get: async (id) => {
        const found = await store.get(id)
        return found.ok && found.value === undefined ? unknown(id) : found.ok ? ok(found.value ?? never()) : found
      },
      segments: (id, from, count) => store.segments(id, from, count),
      allSegments: (id) => store.segments(id, 0, -1),
    },
    library: {
      near: async (order) => {
        const found = await finder.find(order)
        return found.ok ? ok({ ...found.value, waiting: 0 }) : found
      },
    },
    generator: createFakeGenerator(script, model),
    prompts: await PromptLibrary.load(prompts),
    chosenModel: async () => ok(model),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    now: () => new Date('2026-01-02T00:00:00Z'),
    newId: randomUUID,
  })
  return {
    async ask(scope, question, after = null) {
      if (after === null) return answerOf(questions.ask({ scope, question }, new AbortController().signal))
      const first = await answerOf(questions.ask({ scope, question: after }, new AbortController().signal))
      const order = { scope, question, threadId: first.threadId }
      return answerOf(questions.ask(order, new AbortController().signal))
    },
  }
}

function never(): never {
  throw new Error('a found document is there')
}

async function answerOf(stream: Stream<QuestionItem>): Promise<QuestionAnswer> {
  let answer: QuestionAnswer | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      if (!step.value.ok || answer === null) throw new Error(JSON.stringify(step.value))
      return answer
    }
    if (step.value.type === 'answer') answer = step.value.answer
  }
}

/** Shares of a set of questions; `top1`: the marked sentence of the first passage is the answer; `top3`: it stands in one of three. */
export type Quality = {
  readonly asked: number
  readonly top1: number
  readonly top3: number
  /** Questions with an answer that were refused all the same. */
  readonly wronglyRefused: number
  readonly absent: number
  readonly refused: number
}

/** What became of one question. */
export type Outcome = { readonly question: MadeQuestion; readonly answer: QuestionAnswer; readonly rank: number | null }

/** Asks every question of its document, or of all (`library`). */
export async function askAll(
  asking: Asking,
  questions: readonly MadeQuestion[],
  where: 'document' | 'library',
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const question of questions) {
    const { document, text, after } = question
    const named = (asked: string) => `${asked} (${document.title})`
    const answer =
      where === 'document'
        ? await asking.ask({ documentId: document.id }, text, after)
        : await asking.ask({ library: true }, named(text), after === null ? null : named(after))
    outcomes.push({ question, answer, rank: rankOf(question, answer) })
  }
  return outcomes
}

/** Counts. */
export function qualityOf(outcomes: readonly Outcome[]): Quality {
  const known = outcomes.filter(({ question }) => question.answers.length > 0)
  const unknown = outcomes.filter(({ question }) => question.answers.length === 0)
  const within = (most: number) =>
    known.filter(({ question, rank, answer }) => {
      if (answer.outcome === 'absent') return false
      return most === 1 ? rank === 0 : answer.passages.slice(0, most).some((passage) => holds(question, passage))
    }).length
  return {
    asked: known.length,
    top1: within(1) / Math.max(1, known.length),
    top3: within(3) / Math.max(1, known.length),
    wronglyRefused: known.filter(({ answer }) => answer.outcome === 'absent').length / Math.max(1, known.length),
    absent: unknown.length,
    refused: unknown.filter(({ answer }) => answer.outcome === 'absent').length / Math.max(1, unknown.length),
  }
}

/** The place among the passages, from 0, of the first whose best sentence answers; null where none does. */
function rankOf({ document, answers }: MadeQuestion, { passages }: QuestionAnswer): number | null {
  const at = passages.findIndex((passage) => {
    const best = passage.text.slice(passage.best.start, passage.best.end)
    return (
      passage.documentId === document.id &&
      answers.some(
        ({ locator, text }) => text.includes(best) && passage.best.locators.some((place) => meets(place, locator)),
      )
    )
  })
  return at === -1 ? null : at
}

function holds({ document, answers }: MadeQuestion, passage: Passage): boolean {
  return (
    passage.documentId === document.id &&
    answers.some(
      ({ locator, text }) => passage.text.includes(text) && passage.locators.some((place) => meets(place, locator)),
    )
  )
}

/** Whether two places of one document overlap. */
export function meets(one: Locator, other: Locator): boolean {
  if (one.kind === 'lines' && other.kind === 'lines') return one.from <= other.to && other.from <= one.to
  if (one.kind === 'page' && other.kind === 'page') {
    return one.page === other.page && one.start < other.end && other.start < one.end
  }
  if (one.kind === 'section' && other.kind === 'section') return one.paragraph === other.paragraph
  return JSON.stringify(one) === JSON.stringify(other)
}

/**
 * A model that answers only from the passages it is given: the sentence that shares most words with the question, quoted,
 * or nothing when it shares less than a third of them. Made without any of the product's search.
 */
export function honestReader(request: GenerationRequest): string {
  const { question, passages } = shownIn(request)
  const wanted = plainWords(question)
  let best = { text: '', number: 0, shared: 0 }
  for (const { number, text } of passages) {
    for (const sentence of text.split(/(?<=[.!?])\s+|\n/)) {
      const words = new Set(plainWords(sentence))
      const shared = wanted.filter((word) => words.has(word)).length
      if (shared > best.shared) best = { text: sentence, number, shared }
    }
  }
  return best.shared < wanted.length / 3 || best.text === '' ? 'NONE' : `${best.text} [${best.number}]`
}

/** A model that always has an answer: it takes the first passage's first sentence and puts a number of its own into it. */
export function boldGuesser(request: GenerationRequest): string {
  const [first] = shownIn(request).passages
  const subject = (first?.text.split('\n').at(-1) ?? '').split(/\s+/).slice(0, 4).join(' ')
  return `${subject} amounts to exactly 777 in the year 1777 [1].`
}

function shownIn({ turns }: GenerationRequest): {
  readonly question: string
  readonly passages: readonly { readonly number: number; readonly text: string }[]
} {
  const text = turns.at(-1)?.text ?? ''
  const fenced = /<document>\n([\s\S]*)\n<\/document>/.exec(text)?.[1] ?? ''
  const passages = [...fenced.matchAll(/^\[(\d+)\]\n([\s\S]*?)(?=\n\n\[\d+\]\n|$(?![\s\S]))/gm)]
  return {
    question: /Question: ([^\n]*)$/.exec(text)?.[1] ?? '',
    passages: passages.map(([, number, body]) => ({ number: Number(number), text: body ?? '' })),
  }
}

const askingWords = new Set(
  'what when where which whom does must much many have with from long take been will that this they there wann welche welcher welches wird viel viele lange kann muss gibt haben ueber nach hoch'.split(
    ' ',
  ),
)

function plainWords(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [])
    .filter((word) => !askingWords.has(word))
    .map((word) => word.slice(0, 5))
}

/** Documents of other fixtures that have nothing to do with any question, as plain paragraphs. */
export function distractor(id: string, text: string): MadeDocument {
  const segments = text.split(/\n{2,}/).map((paragraph, at): Segment => ({
    text: paragraph,
    kind: 'paragraph',
    locator: { kind: 'section', path: [], paragraph: at + 1 },
  }))
  return { id, kind: 'distractor', half: 'development', language: 'en', title: id, segments }
}
