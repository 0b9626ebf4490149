// A unit read again and a prompt looked at, from the press to what the page shows.
import { expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import type { Summary } from '#contract/summary.ts'
import { createFakeStore } from './fakeStore.ts'

const summary = { id: 's1', documentId: 'd1' } as Summary // as: all that is asked of it

test('what came is kept; other text than before loads the page anew', async () => {
  const { store, calls, answers } = createFakeStore()
  answers['summaries.reread'] = () => ok({ charactersBefore: 0, characters: 900, jobId: 'j1' })
  const reading = store.getState().rereadUnit(summary, 7)
  expect(store.getState().rereads['d1']?.phase).toBe('reading')
  await store.getState().rereadUnit(summary, 8)
  await reading
  expect(store.getState().rereads).toEqual({
    d1: { unit: 7, phase: 'done', charactersBefore: 0, characters: 900, redoing: true, failure: null },
  })
  expect(calls.filter(({ method }) => method === 'summaries.reread').map(({ input }) => input)).toEqual([
    { summaryId: 's1', unit: 7 },
  ])
  expect(calls.some(({ method }) => method === 'documents.open')).toBe(true)
})

test('a failure is shown where it was asked for, and can be tried again', async () => {
  const { store, answers } = createFakeStore()
  const changed = fail('document-changed', { name: 'report.pdf' })
  answers['summaries.reread'] = () => changed
  await store.getState().rereadUnit(summary, 7)
  expect(store.getState().rereads['d1']).toMatchObject({ phase: 'failed', failure: changed.failure })
  answers['summaries.reread'] = () => ok({ charactersBefore: 0, characters: 0, jobId: null })
  await store.getState().rereadUnit(summary, 7)
  expect(store.getState().rereads['d1']).toMatchObject({ phase: 'done', characters: 0, redoing: false, failure: null })
})

test('a prompt is asked for once; one that is not found is asked for again', async () => {
  const { store, calls, answers } = createFakeStore()
  const prompt = { id: 'x', version: '1', purpose: 'p', template: 't', current: true }
  answers['prompts.get'] = ({ version }: { version: string }) =>
    version === '1' ? ok(prompt) : fail('not-found', { what: 'prompt', id: 'x@2' })
  for (const version of ['1', '1', '2', '2']) await store.getState().loadPrompt('x', version)
  expect(calls.map(({ input }) => input)).toEqual([
    { id: 'x', version: '1' },
    { id: 'x', version: '2' },
    { id: 'x', version: '2' },
  ])
  expect(store.getState().shippedPrompts['x@1']).toEqual(ok(prompt))
})
