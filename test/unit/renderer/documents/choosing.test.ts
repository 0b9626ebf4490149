// Documents chosen to be summarized together.
import { expect, test } from 'vitest'
import { ok } from '#contract/result.ts'
import { createBatchesSlice } from '../../../../renderer/state/batchesSlice.ts'
import { createChoosing } from '../../../../renderer/state/documents/choosing.ts'
import type { Route } from '../../../../renderer/state/routeSlice.ts'
import { createFakeClient } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'
import { documentRecord } from './records.ts'

function listOf(ids: readonly string[], open: string | null = null) {
  const fake = createFakeClient({ 'batches.start': () => ok({ jobId: 'j1' }) })
  const state = buildState(fake.client, (tools) => ({
    ...createChoosing(tools),
    ...createBatchesSlice(tools),
    documents: ids.map((id) => documentRecord(id)),
    route: { room: 'documents', id: open },
    navigate: (room: Route['room'], id?: string | null) => tools.set({ route: { room, id: id ?? null } }),
  }))
  return { asked: fake.asked, state }
}

test('a choice begins empty, keeps the order of the list, and ends', () => {
  const { state } = listOf(['a', 'b', 'c'])
  expect(state.get().chosenDocuments).toBe(null)
  state.get().chooseDocuments([])
  expect(state.get().chosenDocuments).toEqual([])
  state.get().chooseDocuments(['c', 'gone', 'a'])
  expect(state.get().chosenDocuments).toEqual(['a', 'c'])
  state.get().chooseDocuments(null)
  expect(state.get().chosenDocuments).toBe(null)
})

test('a press with Ctrl takes what is open along, one with Shift all between, and alone what is pressed', () => {
  const beside = (open: string | null, pressed: string, through: boolean) => {
    const { state } = listOf(['a', 'b', 'c', 'd'], open)
    state.get().chooseBeside(pressed, through)
    return state.get().chosenDocuments
  }
  expect(beside('d', 'b', false)).toEqual(['b', 'd'])
  expect(beside('d', 'b', true)).toEqual(['b', 'c', 'd'])
  expect(beside('a', 'c', true)).toEqual(['a', 'b', 'c'])
  expect(beside(null, 'c', true)).toEqual(['c'])
  expect(beside('library', 'c', false)).toEqual(['c'])
})

test('two or more become a batch, which ends the choice; one alone does not', async () => {
  const { asked, state } = listOf(['a', 'b', 'c'])
  state.get().chooseDocuments(['b'])
  state.get().askForChosen()
  expect(state.get().batchStart).toBe(null)
  state.get().chooseDocuments(['b', 'a'])
  state.get().askForChosen()
  expect(state.get().batchStart).toEqual({ order: { documentIds: ['a', 'b'] }, failure: null })
  await state.get().startBatch('bullets', '')
  expect(asked.map(({ input }) => input)).toEqual([{ documentIds: ['a', 'b'], preset: 'bullets' }])
  expect([state.get().batchStart, state.get().chosenDocuments]).toEqual([null, null])
  expect(state.get().route).toEqual({ room: 'documents', id: 'batch:j1' })
})
