// Questions to documents: per place (a document, a folder, the library) a draft, its threads, the answer on its way.
import type { Locator } from '#contract/document.ts'
import type { QuestionScope, QuestionThread } from '#contract/question.ts'
import { createQuestionRuns } from './questions/questionRun.ts'
import { createQuestionViews, questionPlace, type QuestionView } from './questions/questionViews.ts'
import type { SliceTools } from './slice.ts'

/** What asking would do now. */
export type AskAbility = { readonly mode: 'free' | 'extractive' | 'no-model'; readonly modelName: string | null }

/** Questions and what can be done with them. */
export type QuestionsSlice = {
  readonly questionViews: Readonly<Record<string, QuestionView>>
  readonly askAbility: AskAbility | null
  /** Loads threads of a place, and opens the last one unless one is open. */
  loadQuestions(scope: QuestionScope): Promise<void>
  writeQuestion(scope: QuestionScope, draft: string): void
  ask(scope: QuestionScope): Promise<void>
  stopQuestion(scope: QuestionScope): void
  /** Shows an earlier thread, or (null) an empty one. */
  openThread(scope: QuestionScope, threadId: string | null): Promise<void>
  removeThread(scope: QuestionScope, threadId: string): Promise<void>
  /** Opens a document's text at a place; goes to the document where another page is shown. */
  openPlace(documentId: string, locators: readonly Locator[], text: string): void
}

/** Composes the parts. */
export function createQuestionsSlice(tools: SliceTools): QuestionsSlice {
  const { set, get, client } = tools
  const views = createQuestionViews(tools)
  const runs = createQuestionRuns(tools, views)

  async function refreshThreads(scope: QuestionScope): Promise<readonly QuestionThread[]> {
    const place = questionPlace(scope)
    const listed = await client.call('questions.list', { scope })
    views.change(place, listed.ok ? { threads: listed.value } : { failure: listed.failure })
    return listed.ok ? listed.value : []
  }

  async function openThread(scope: QuestionScope, threadId: string | null): Promise<void> {
    const place = questionPlace(scope)
    if (views.of(place).running !== null) return
    if (threadId === null) return views.change(place, { threadId, answers: [], failure: null })
    const thread = await client.call('questions.thread', { threadId })
    if (views.of(place).running !== null) return
    if (thread.ok) views.change(place, { threadId, answers: thread.value.answers, failure: null })
    else views.change(place, { failure: thread.failure })
  }

  return {
    questionViews: {},
    askAbility: null,
    openThread,
    async loadQuestions(scope) {
      const ability = await client.call('questions.ability', {})
      if (ability.ok) set({ askAbility: ability.value })
      const [newest] = await refreshThreads(scope)
      const { threadId, running } = views.of(questionPlace(scope))
      if (newest !== undefined && threadId === null && running === null) await openThread(scope, newest.id)
    },
    writeQuestion: (scope, draft) => views.change(questionPlace(scope), { draft }),
    async ask(scope) {
      await runs.ask(scope)
      await refreshThreads(scope)
    },
    stopQuestion: (scope) => runs.stop(scope),
    async removeThread(scope, threadId) {
      const place = questionPlace(scope)
      const removed = await client.call('questions.remove', { threadId })
      if (!removed.ok) return views.change(place, { failure: removed.failure })
      if (views.of(place).threadId === threadId) views.change(place, { threadId: null, answers: [] })
      await refreshThreads(scope)
    },
    openPlace(documentId, locators, text) {
      const { route, navigate, attachSource } = get()
      if (route.room !== 'documents' || route.id !== documentId) navigate('documents', documentId, 'ask')
      attachSource(documentId)
      get().showPassage({ locators, text, claim: null })
    },
  }
}
