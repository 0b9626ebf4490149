// What the window knows of the questions of each place: a document, a folder, the library.
import type { Failure } from '#contract/failures.ts'
import type { Passage, QuestionAnswer, QuestionScope, QuestionThread } from '#contract/question.ts'
import type { SliceTools } from '../slice.ts'

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

/** Reading and changing the view of a place. */
export type QuestionViews = {
  of(place: string): QuestionView
  change(place: string, changes: Partial<QuestionView>): void
}

/** Over the one store. */
export function createQuestionViews({ set, get }: SliceTools): QuestionViews {
  function viewOf(place: string): QuestionView {
    return get().questionViews[place] ?? noQuestions
  }
  return {
    of: viewOf,
    change(place, changes) {
      set({ questionViews: { ...get().questionViews, [place]: { ...viewOf(place), ...changes } } })
    },
  }
}
