// Questions to documents: what is asked and where, the passages that were found, the answer and what it rests on.
import { z } from 'zod'
import { call, stream } from './define.ts'
import { locator } from './document.ts'
import { claim, summaryMode } from './summary.ts'

const count = z.number().int().nonnegative()
const ordinal = z.number().int().positive()
const id = z.string().min(1).max(100)

/** Where an answer is looked for: in one document, in a folder of the library, or in all that was read. */
export const questionScope = z.union([
  z.strictObject({ documentId: id }),
  z.strictObject({ folderId: id }),
  z.strictObject({ library: z.literal(true) }),
])
export type QuestionScope = z.infer<typeof questionScope>

/**
 * A passage that was found, exactly as it was given to the model. `number` counts from 1 and is what an answer quotes;
 * `position` is the first segment it holds of its document, `segments` how many. `text` may begin with the heading it
 * stands under. `best` is the sentence in `text` (characters, end exclusive) that answers best, with its own places.
 * `score` 0 to 1 says how much of the question the passage covers.
 */
export const passage = z.strictObject({
  number: ordinal,
  documentId: z.string(),
  documentName: z.string(),
  position: count,
  segments: ordinal,
  locators: z.array(locator),
  text: z.string(),
  best: z.strictObject({ start: count, end: count, locators: z.array(locator) }),
  score: z.number().min(0).max(1),
})
export type Passage = z.infer<typeof passage>

/** A sentence of an answer; `passages` are the numbers of those it rests on, `documentId` the document of the first. */
export const answerClaim = claim.extend({ documentId: z.string().nullable(), passages: z.array(ordinal) })
export type AnswerClaim = z.infer<typeof answerClaim>

/**
 * `answered`: the model answered from the passages. `passages`: nothing but the passages is given, because the model
 * only copies or there is none. `absent`: what was searched does not say; `passages` then holds what came nearest.
 */
export const answerOutcome = z.enum(['answered', 'absent', 'passages'])
export type AnswerOutcome = z.infer<typeof answerOutcome>

/** Who found that the answer is not there: the search, before any model was asked, or the model. */
export const absentBecause = z.enum(['nothing-read', 'search', 'model'])

/**
 * How an answer was made. `method` names the search with its version; `model` and `prompt` are null where no model was
 * asked. Hashes are SHA-256, lower-case hex; `documentSha256` is null for questions to many documents.
 */
export const answerProvenance = z.strictObject({
  documentSha256: z.string().nullable(),
  method: z.string(),
  model: z.strictObject({ name: z.string(), sha256: z.string() }).nullable(),
  prompt: z.strictObject({ id: z.string(), version: z.string() }).nullable(),
  /** Whether vectors of an embedding model took part in the search. */
  embedded: z.boolean(),
  seed: z.number().int(),
  createdAt: z.iso.datetime(),
})
export type AnswerProvenance = z.infer<typeof answerProvenance>

/**
 * A finished answer. `lookedFor` are the words that were searched for, `carried` those of them that came from earlier
 * questions of the thread, `missing` those found nowhere near the rest. `searched` counts the documents that were looked
 * through and the files still waiting to be read. `reason` says how the model's writing ended.
 */
export const questionAnswer = z.strictObject({
  id,
  threadId: id,
  scope: questionScope,
  question: z.string(),
  lookedFor: z.array(z.string()),
  carried: z.array(z.string()),
  missing: z.array(z.string()),
  outcome: answerOutcome,
  absentBecause: absentBecause.nullable(),
  mode: summaryMode,
  reason: z.enum(['complete', 'stopped', 'length']),
  text: z.string(),
  claims: z.array(answerClaim),
  passages: z.array(passage),
  searched: z.strictObject({ documents: count, waiting: count }),
  provenance: answerProvenance,
})
export type QuestionAnswer = z.infer<typeof questionAnswer>

/** Questions that follow each other; `title` is the first of them. */
export const questionThread = z.strictObject({
  id,
  scope: questionScope,
  title: z.string(),
  answers: count,
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type QuestionThread = z.infer<typeof questionThread>

/** Items of `questions.ask`. `text` items are pieces of the model's text to append. */
export const questionItem = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('accepted'),
    threadId: id,
    answerId: id,
    lookedFor: z.array(z.string()),
    carried: z.array(z.string()),
  }),
  z.strictObject({ type: z.literal('passages'), passages: z.array(passage) }),
  z.strictObject({ type: z.literal('reading'), evaluatedTokens: count, totalTokens: count }),
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({ type: z.literal('answer'), answer: questionAnswer }),
  z.strictObject({ type: z.literal('finished'), reason: z.enum(['complete', 'stopped', 'length']) }),
])
export type QuestionItem = z.infer<typeof questionItem>

/** Methods about questions. */
export const questionContract = {
  /**
   * Looks for the answer and gives it; `threadId` goes on in an earlier thread, whose scope it must have. Cancelling stops
   * the model and keeps what it wrote; before that nothing is kept. Failures: `not-found`, those of the model.
   */
  'questions.ask': stream(
    z.strictObject({
      scope: questionScope,
      question: z.string().trim().min(1).max(1000),
      threadId: id.optional(),
    }),
    questionItem,
  ),
  /** Threads of a scope, last used first. */
  'questions.list': call(z.strictObject({ scope: questionScope }), z.array(questionThread)),
  /** A thread with its answers, oldest first. */
  'questions.thread': call(
    z.strictObject({ threadId: id }),
    z.strictObject({ thread: questionThread, answers: z.array(questionAnswer) }),
  ),
  'questions.answer': call(z.strictObject({ answerId: id }), questionAnswer),
  /** Forgets a thread with its answers and the passages kept with them. */
  'questions.remove': call(z.strictObject({ threadId: id }), z.strictObject({})),
  /** What asking would do now: whether a model answers in its own words, only passages are given, or no model is there. */
  'questions.ability': call(
    z.strictObject({}),
    z.strictObject({ mode: z.enum(['free', 'extractive', 'no-model']), modelName: z.string().nullable() }),
  ),
} as const
