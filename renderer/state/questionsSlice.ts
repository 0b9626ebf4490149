// Questions to documents: per place (a document, a folder, the library) a draft, its threads, the answer on its way.
import type { Locator } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { Passage, QuestionAnswer, QuestionItem, QuestionScope, QuestionThread } from '#contract/question.ts'
import type { Stream } from '#contract/result.ts'
import type { SliceTools } from './slice.ts'

/** A question whose answer is on its way. */
export type RunningQuestion = {
  readonly question: string
  readonly lookedFor: readonly string[]
  readonly passages: readonly Passage[] | null
  readonly text: string
  /** How much of the passages the model has read, 0 to 1; null before and after. */
  readonly read: number | null
}

/** The questions of one place. `threadId` null: the next question begins a thread. */
export type QuestionView = {
  readonly draft: string
  readonly threads: readonly QuestionThread[]
  readonly threadId: string | null
  readonly answers: readonly QuestionAnswer[]
  readonly running: RunningQuestion | null
  readonly failure: Failure | null
}

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

/** Nothing asked yet. */
export const noQuestions: QuestionView = {
  draft: '',
  threads: [],
  threadId: null,
  answers: [],
  running: null,
  failure: null,
}

/** The name of a place in `questionViews`. */
export function questionPlace(scope: QuestionScope): string {
  if ('documentId' in scope) return `document:${scope.documentId}`
  return 'folderId' in scope ? `folder:${scope.folderId}` : 'library'
}

/** One question per place is answered at a time; a place left keeps its answer on its way. */
export function createQuestionsSlice({ set, get, client }: SliceTools): QuestionsSlice {
  const stops = new Map<string, AbortController>()

  function viewOf(place: string): QuestionView {
    return get().questionViews[place] ?? noQuestions
  }

  function change(place: string, changes: Partial<QuestionView>): void {
    set({ questionViews: { ...get().questionViews, [place]: { ...viewOf(place), ...changes } } })
  }

  function run(place: string, changes: Partial<RunningQuestion>): void {
    const { running } = viewOf(place)
    if (running !== null) change(place, { running: { ...running, ...changes } })
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
        return run(place, { text: (viewOf(place).running?.text ?? '') + item.text, read: null })
      case 'answer':
        return change(place, { answers: [...viewOf(place).answers, item.answer], threadId: item.answer.threadId })
      case 'finished':
        return undefined
    }
  }

  async function follow(place: string, stream: Stream<QuestionItem>): Promise<void> {
    for (;;) {
      const step = await stream.next()
      if (step.done !== true) take(place, step.value)
      else return change(place, { running: null, failure: step.value.ok ? null : step.value.failure })
    }
  }

  async function refreshThreads(scope: QuestionScope): Promise<readonly QuestionThread[]> {
    const place = questionPlace(scope)
    const listed = await client.call('questions.list', { scope })
    if (listed.ok) change(place, { threads: listed.value })
    else change(place, { failure: listed.failure })
    return listed.ok ? listed.value : []
  }

  async function openThread(scope: QuestionScope, threadId: string | null): Promise<void> {
    const place = questionPlace(scope)
    if (viewOf(place).running !== null) return
    if (threadId === null) return change(place, { threadId, answers: [], failure: null })
    const thread = await client.call('questions.thread', { threadId })
    if (viewOf(place).running !== null) return
    if (thread.ok) change(place, { threadId, answers: thread.value.answers, failure: null })
    else change(place, { failure: thread.failure })
  }

  return {
    questionViews: {},
    askAbility: null,
    openThread,
    async loadQuestions(scope) {
      const ability = await client.call('questions.ability', {})
      if (ability.ok) set({ askAbility: ability.value })
      const [newest] = await refreshThreads(scope)
      const { threadId, running } = viewOf(questionPlace(scope))
      if (newest !== undefined && threadId === null && running === null) await openThread(scope, newest.id)
    },
    writeQuestion: (scope, draft) => change(questionPlace(scope), { draft }),
    async ask(scope) {
      const place = questionPlace(scope)
      const { draft, threadId, running } = viewOf(place)
      const question = draft.trim()
      if (question === '' || running !== null) return
      const stop = new AbortController() // aborted by `stopQuestion`
      stops.set(place, stop)
      const fresh = { question, lookedFor: [], passages: null, text: '', read: null }
      change(place, { draft: '', running: fresh, failure: null })
      const order = { scope, question, ...(threadId === null ? {} : { threadId }) }
      await follow(place, client.stream('questions.ask', order, { signal: stop.signal }))
      stops.delete(place)
      // What was refused or stopped before a word was written can be asked again as it was.
      const { answers, draft: now, failure } = viewOf(place)
      const answered = answers.at(-1)?.question === question
      if (now === '' && (failure !== null || !answered)) change(place, { draft: question })
      await refreshThreads(scope)
    },
    stopQuestion: (scope) => stops.get(questionPlace(scope))?.abort(),
    async removeThread(scope, threadId) {
      const place = questionPlace(scope)
      const removed = await client.call('questions.remove', { threadId })
      if (!removed.ok) return change(place, { failure: removed.failure })
      if (viewOf(place).threadId === threadId) change(place, { threadId: null, answers: [] })
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
