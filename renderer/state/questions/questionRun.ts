// One question on its way: asked, followed to its end, stopped.
import type { QuestionItem, QuestionScope } from '#contract/question.ts'
import type { Stream } from '#contract/result.ts'
import type { SliceTools } from '../slice.ts'
import { questionPlace, type QuestionViews, type RunningQuestion } from './questionViews.ts'

/** Asks what is written in the box of a place; `stop` ends the answer on its way. */
export type QuestionRuns = { ask(scope: QuestionScope): Promise<void>; stop(scope: QuestionScope): void }

/** One question per place at a time; a place that was left keeps its answer on its way. */
export function createQuestionRuns({ client }: SliceTools, views: QuestionViews): QuestionRuns {
  const stops = new Map<string, AbortController>()

  function run(place: string, changes: Partial<RunningQuestion>): void {
    const { running } = views.of(place)
    if (running !== null) views.change(place, { running: { ...running, ...changes } })
  }

  function take(place: string, item: QuestionItem): void {
    switch (item.type) {
      case 'accepted':
        return run(place, { lookedFor: item.lookedFor })
      case 'passages':
        return run(place, { passages: item.passages })
      case 'reading':
        return run(place, { read: item.totalTokens === 0 ? null : item.evaluatedTokens / item.totalTokens })
      case 'text':
        return run(place, { text: (views.of(place).running?.text ?? '') + item.text, read: null })
      case 'answer': {
        const { answer } = item
        return views.change(place, { answers: [...views.of(place).answers, answer], threadId: answer.threadId })
      }
      case 'finished':
        return undefined
    }
  }

  async function follow(place: string, stream: Stream<QuestionItem>): Promise<void> {
    for (;;) {
      const step = await stream.next()
      if (step.done !== true) take(place, step.value)
      else return views.change(place, { running: null, failure: step.value.ok ? null : step.value.failure })
    }
  }

  return {
    async ask(scope) {
      const place = questionPlace(scope)
      const { draft, threadId, running, answers: before } = views.of(place)
      const question = draft.trim()
      if (question === '' || running !== null) return
      const controller = new AbortController() // aborted by `stop`
      stops.set(place, controller)
      const fresh = { question, lookedFor: [], passages: null, text: '', read: null }
      views.change(place, { draft: '', running: fresh, failure: null })
      const order = { scope, question, ...(threadId === null ? {} : { threadId }) }
      await follow(place, client.stream('questions.ask', order, { signal: controller.signal }))
      stops.delete(place)
      // What was refused, or stopped before a word was written, can be asked again as it was.
      const { answers, draft: now } = views.of(place)
      if (now === '' && answers.length === before.length) views.change(place, { draft: question })
    },
    stop: (scope) => stops.get(questionPlace(scope))?.abort(),
  }
}
