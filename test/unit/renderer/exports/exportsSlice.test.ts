// Exports in the window: a file gathered from its pieces, one at a time, failures beside what they are about.
import { expect, test } from 'vitest'
import { fail, ok } from '#contract/result.ts'
import { createExportsSlice, exportKey } from '../../../../renderer/state/exportsSlice.ts'
import { createFakeClient, streamOf } from '../../../fakes/fakeClient.ts'
import { buildState } from '../../../fakes/sliceState.ts'

const what = { kind: 'comparison', comparisonId: 'c-1' } as const
const finished = {
  type: 'finished',
  reason: 'complete',
  fileName: 'a.md',
  mediaType: 'text/markdown',
  bytes: 4,
  withoutGlyph: 0,
} as const

function piece(text: string) {
  return { type: 'piece', base64: Buffer.from(text).toString('base64') } as const
}

test('the pieces of a file come together in order', async () => {
  const { client } = createFakeClient({
    'exports.make': () => streamOf([piece('ab'), piece('cü'), finished], ok(undefined)),
  })
  const state = buildState(client, createExportsSlice)
  const made = await state.get().makeExport(what, 'markdown', 'en')
  expect(made?.name).toBe('a.md')
  expect(Buffer.concat(made?.bytes ?? []).toString('utf8')).toBe('abcü')
  expect([state.get().exporting, state.get().exportFailure]).toEqual([null, null])
})

test('one export at a time; a second one is not begun', async () => {
  const gate = Promise.withResolvers<void>()
  const { client, asked } = createFakeClient({
    'exports.make': async function* () {
      await gate.promise
      yield finished
      return ok(undefined)
    },
  })
  const state = buildState(client, createExportsSlice)
  const first = state.get().makeExport(what, 'pdf', 'en')
  expect(state.get().exporting).toEqual({ key: exportKey(what), format: 'pdf' })
  expect(await state.get().makeExport(what, 'docx', 'en')).toBeNull()
  gate.resolve()
  expect((await first)?.name).toBe('a.md')
  expect(asked).toHaveLength(1)
})

test('a failure is kept beside its subject, and gone with the next try', async () => {
  const gone = fail('not-found', { what: 'comparison', id: 'c-1' })
  const fake = createFakeClient({ 'exports.make': () => streamOf([], gone) })
  const state = buildState(fake.client, createExportsSlice)
  expect(await state.get().makeExport(what, 'html', 'de')).toBeNull()
  expect(state.get().exportFailure).toEqual({ key: exportKey(what), failure: gone.failure })
  fake.answers = { 'exports.rich-text': async () => ok({ html: '<p>x</p>', text: 'x' }) }
  expect(await state.get().exportRichText(what, 'de')).toEqual({ html: '<p>x</p>', text: 'x' })
  expect(state.get().exportFailure).toBeNull()
})

test('a page is laid out for the printer and put away afterwards', async () => {
  const page = { language: 'en', title: 'T', blocks: [] } as const
  const { client } = createFakeClient({ 'exports.page': async () => ok(page) })
  const state = buildState(client, createExportsSlice)
  await state.get().openPrint(what, 'en')
  expect(state.get().printPage).toEqual(page)
  state.get().closePrint()
  expect(state.get().printPage).toBeNull()
})
