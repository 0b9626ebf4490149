// What answers the part of the contract about questions.
import type { Method, Output, Parsed } from '#contract/index.ts'
import type { QuestionAnswer, QuestionItem, QuestionScope, QuestionThread } from '#contract/question.ts'
import type { Result } from '#contract/result.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** The service as these methods use it. */
export type QuestionServices = {
  readonly questions: {
    ask(order: Parsed<'questions.ask'>, signal: AbortSignal): Items<QuestionItem>
    list(scope: QuestionScope): Answer<QuestionThread[]>
    thread(threadId: string): Answer<Output<'questions.thread'>>
    answer(answerId: string): Answer<QuestionAnswer>
    remove(threadId: string): Promise<Result<unknown>>
    ability(signal: AbortSignal): Answer<Output<'questions.ability'>>
  }
}

type QuestionMethod = Extract<Method, `questions.${string}`>

/** Joins the methods to the service. */
export function questionHandlers({ questions }: QuestionServices): Pick<Handlers, QuestionMethod> {
  return {
    'questions.ask': (order, { signal }) => questions.ask(order, signal),
    'questions.list': ({ scope }) => questions.list(scope),
    'questions.thread': ({ threadId }) => questions.thread(threadId),
    'questions.answer': ({ answerId }) => questions.answer(answerId),
    'questions.remove': async ({ threadId }) => {
      const removed = await questions.remove(threadId)
      return removed.ok ? { ok: true, value: {} } : removed
    },
    'questions.ability': (_, { signal }) => questions.ability(signal),
  }
}
