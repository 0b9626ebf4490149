// Questions in the window's state: asked, followed, stopped, asked again when refused; threads opened and removed.
import { beforeEach, expect, test } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../../../preload/client.ts'
import type { QuestionAnswer, QuestionThread } from '../../../../preload/contract/question.ts'
import { fail, ok, type Result, type Stream } from '../../../../preload/contract/result.ts'
import { ItemQueue } from '../../../../preload/itemQueue.ts'
import { noQuestions, questionPlace } from '../../../../renderer/state/questions/questionViews.ts'
import { createQuestionsSlice } from '../../../../renderer/state/questionsSlice.ts'
import type { State } from '../../../../renderer/state/state.ts'

const scope = { documentId: 'd1' }
const place = questionPlace(scope)
const at = '2026-11-20T10:00:00.000Z'

let store: StoreApi<State>
let calls: { readonly method: string; readonly input: unknown }[]
let answers: Record<string, Result<unknown>>
let queue: ItemQueue<unknown>
let signal: AbortSignal | undefined
let navigated: unknown[]

beforeEach(() => {
  calls = []
  navigated = []
  answers = { 'questions.list': ok([]), 'questions.ability': ok({ mode: 'extractive', modelName: 'Starter' }) }
  queue = new ItemQueue(() => undefined)
  const client = {
    async call(method: string, input: unknown) {
      calls.push({ method, input })
      return answers[method] ?? ok({})
    },
    stream(method: string, input: unknown, options?: { signal?: AbortSignal }): Stream<unknown> {
      calls.push({ method, input })
      signal = options?.signal
      return queue
    },
  } as unknown as Client // as: only what the slice uses
  store = createStore<State>()((set, get) => {
    const slice = createQuestionsSlice({ set, get, client })
    const others = {
      route: { room: 'documents', id: 'd1', view: 'ask' },
      navigate: (...to: unknown[]) => navigated.push(to),
      attachSource: () => undefined,
      showPassage: (passage: unknown) => navigated.push(passage),
    }
    return { ...slice, ...others } as unknown as State // as: the slice sees no other part
  })
})

function view() {
  return store.getState().questionViews[place] ?? noQuestions
}

function answer(id: string, question: string): QuestionAnswer {
  return {
    ...{ id, threadId: 't1', scope, question, lookedFor: [], carried: [], missing: [] },
    ...{ outcome: 'passages', absentBecause: null, mode: 'extractive', reason: 'complete', text: '', claims: [] },
    ...{ passages: [], searched: { documents: 1, waiting: 0 } },
    provenance: {
      ...{ documentSha256: null, method: 'passages-1', model: null, prompt: null, embedded: false, seed: 0 },
      createdAt: at,
    },
  }
}

const thread: QuestionThread = { id: 't1', scope, title: 'Why?', answers: 1, createdAt: at, updatedAt: at }

test('an answer is followed as it is written, and the next question goes on in its thread', async () => {
  store.getState().writeQuestion(scope, ' Why? ')
  const asking = store.getState().ask(scope)
  expect(view().running).toMatchObject({ question: 'Why?', text: '' })
  queue.put({ type: 'accepted', threadId: 't1', answerId: 'a1', lookedFor: ['why'], carried: [] })
  queue.put({ type: 'passages', passages: [] })
  queue.put({ type: 'reading', evaluatedTokens: 1, totalTokens: 2 })
  await expect.poll(() => view().running).toMatchObject({ lookedFor: ['why'], passages: [], read: 0.5 })
  queue.put({ type: 'text', text: 'Be' })
  queue.put({ type: 'text', text: 'cause' })
  await expect.poll(() => view().running?.text).toBe('Because')
  queue.put({ type: 'answer', answer: answer('a1', 'Why?') })
  queue.put({ type: 'finished', reason: 'complete' })
  answers['questions.list'] = ok([thread])
  queue.end(ok(undefined))
  await asking
  expect(view()).toEqual({
    draft: '',
    threads: [thread],
    threadId: 't1',
    answers: [answer('a1', 'Why?')],
    running: null,
    failure: null,
  })
  queue = new ItemQueue(() => undefined)
  store.getState().writeQuestion(scope, 'And when?')
  void store.getState().ask(scope)
  expect(calls.at(-1)).toEqual({ method: 'questions.ask', input: { scope, question: 'And when?', threadId: 't1' } })
})

test('what was refused can be asked again as it was, and says why', async () => {
  store.getState().writeQuestion(scope, 'Why?')
  const asking = store.getState().ask(scope)
  queue.end(fail('engine-crashed', {}))
  await asking
  expect(view()).toMatchObject({ draft: 'Why?', running: null, failure: { code: 'engine-crashed' }, answers: [] })
})

test('stopping ends the stream; nothing is asked twice at a time', async () => {
  store.getState().writeQuestion(scope, 'Why?')
  const asking = store.getState().ask(scope)
  store.getState().writeQuestion(scope, 'And?')
  await store.getState().ask(scope)
  expect(calls.filter(({ method }) => method === 'questions.ask')).toHaveLength(1)
  store.getState().stopQuestion(scope)
  expect(signal?.aborted).toBe(true)
  queue.put({ type: 'finished', reason: 'stopped' })
  queue.end(ok(undefined))
  await asking
  expect(view()).toMatchObject({ draft: 'And?', running: null, failure: null })
})

test('a place opens its last thread; a new question leaves it; removed, it is gone', async () => {
  answers['questions.list'] = ok([thread])
  answers['questions.thread'] = ok({ thread, answers: [answer('a1', 'Why?')] })
  await store.getState().loadQuestions(scope)
  expect(view()).toMatchObject({ threadId: 't1', answers: [{ id: 'a1' }] })
  expect(store.getState().askAbility).toEqual({ mode: 'extractive', modelName: 'Starter' })
  await store.getState().openThread(scope, null)
  expect(view()).toMatchObject({ threadId: null, answers: [] })
  await store.getState().openThread(scope, 't1')
  answers['questions.list'] = ok([])
  await store.getState().removeThread(scope, 't1')
  expect(view()).toMatchObject({ threadId: null, answers: [], threads: [] })
})

test('a place in the document on the page is shown beside it; another document is gone to first', () => {
  const locators = [{ kind: 'page' as const, page: 2, start: 0, end: 9 }]
  store.getState().openPlace('d1', locators, 'words')
  expect(navigated).toEqual([{ locators, text: 'words', claim: null }])
  store.getState().openPlace('d2', locators, 'words')
  expect(navigated.slice(1)).toEqual([['documents', 'd2', 'ask'], { locators, text: 'words', claim: null }])
})
