// The library in the window's state: folders kept in step, files in windows, search overtaken by newer words, removal.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../../../preload/client.ts'
import type { LibraryFile, LibraryFolder, LibraryHit, StateCounts } from '../../../../preload/contract/library.ts'
import { fail, ok, type Result } from '../../../../preload/contract/result.ts'
import { undoMilliseconds } from '../../../../renderer/state/library/libraryFolders.ts'
import { placeOfRoute, routeOfPlace } from '../../../../renderer/state/library/libraryPlaces.ts'
import { createLibrarySlice } from '../../../../renderer/state/librarySlice.ts'
import type { State } from '../../../../renderer/state/state.ts'

const at = '2026-11-20T10:00:00.000Z'
const none: StateCounts = {
  waiting: 0,
  reading: 0,
  ready: 0,
  duplicate: 0,
  changed: 0,
  failed: 0,
  missing: 0,
  excluded: 0,
}

let store: StoreApi<State>
let calls: { readonly method: string; readonly input: unknown }[]
let answers: Record<string, (input: never) => Result<unknown> | Promise<Result<unknown>>>
let announce: (topic: string, value: unknown) => void
let shown: unknown

beforeEach(() => {
  vi.useFakeTimers()
  calls = []
  shown = null
  const listeners = new Map<string, ((value: unknown) => void)[]>()
  announce = (topic, value) => listeners.get(topic)?.forEach((listener) => listener(value))
  answers = {
    'library.folders': () => ok([folder('f1', 'Letters'), folder('f2', 'Figures')]),
    'library.status': () => ok({ state: 'idle', files: none, segments: 0, reading: [] }),
    'library.list': ({ from, count }: { from: number; count: number }) =>
      ok({
        files: Array.from({ length: Math.min(count, 250 - from) }, (_, index) => file(`x${from + index}`)),
        total: 250,
      }),
    'library.search': () => ok({ hits: [], cursor: null }),
    'library.remove': () => ok({ documents: 1 }),
  }
  const client = {
    async call(method: string, input: unknown) {
      calls.push({ method, input })
      return answers[method]?.(input as never) ?? ok({}) // as: each test knows what its methods are asked
    },
    on(topic: string, listener: (value: unknown) => void) {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
      return () => undefined
    },
  } as unknown as Client // as: only what the slice uses
  store = createStore<State>()((set, get) => {
    const slice = createLibrarySlice({ set, get, client })
    const navigate: State['navigate'] = (room, id = null) => set({ route: { room, id } })
    const route = { room: 'documents', id: null } as const
    const others = {
      attachSource: () => undefined,
      showPassage: (passage: unknown) => (shown = passage),
      refreshDocuments: () => Promise.resolve(),
    }
    return { ...slice, ...others, route, navigate } as unknown as State // as: the library sees no other part
  })
})
afterEach(() => void vi.useRealTimers())

function folder(id: string, name: string): LibraryFolder {
  const path = `/somewhere/${name}`
  const common = { failure: null, files: none, ignored: [], closed: [], addedAt: at, scannedAt: at }
  return { id, name, path, state: 'watched', ...common }
}

function file(id: string): LibraryFile {
  const nothing = { failure: null, documentId: null, duplicateOf: null, format: null }
  return {
    id,
    folderId: 'f1',
    name: id,
    path: `/somewhere/${id}`,
    state: 'ready',
    bytes: 1,
    modifiedAt: at,
    addedAt: at,
    ...nothing,
  }
}

function hit(documentId: string): LibraryHit {
  const locator = { kind: 'page', page: 3, start: 0, end: 20 } as const
  const snippet = {
    text: '…the gate, the Gate',
    marks: [
      { start: 5, end: 9 },
      { start: 15, end: 19 },
    ],
  }
  return { documentId, name: 'Report.pdf', format: 'pdf', files: [], position: 7, locator, kind: undefined, snippet }
}

function asked(method: string): readonly unknown[] {
  return calls.filter((call) => call.method === method).map(({ input }) => input)
}

test('a view and its address name each other', () => {
  const places = [{ kind: 'all' }, { kind: 'unread' }, { kind: 'folder', folderId: 'f:1' }] as const
  expect(places.map(routeOfPlace).map(placeOfRoute)).toEqual(places)
  expect([placeOfRoute(null), placeOfRoute('0192-a-document')]).toEqual([null, null])
})

test('folders stand by name and follow the news', async () => {
  await store.getState().refreshLibrary()
  const names = () => store.getState().libraryFolders.map(({ name }) => name)
  expect(names()).toEqual(['Figures', 'Letters'])
  const news = { files: [], removedFileIds: [], more: false }
  announce('library.changed', {
    ...news,
    folders: [folder('f3', 'Maps'), folder('f2', 'Numbers')],
    removedFolderIds: ['f1'],
  })
  expect(names()).toEqual(['Maps', 'Numbers'])
})

test('a path that cannot be added leaves the question open with the reason; one that can closes it and shows the folder', async () => {
  answers['library.add'] = () => fail('folder-unreadable', { name: 'x', reason: 'EACCES' })
  store.getState().askForFolder()
  await store.getState().addToLibrary('/somewhere/x')
  expect(store.getState().addQuestion?.failure?.code).toBe('folder-unreadable')
  answers['library.add'] = () => ok({ type: 'folder', folder: folder('f1', 'Letters') })
  await store.getState().addToLibrary('/somewhere/Letters')
  expect([store.getState().addQuestion, store.getState().route.id]).toEqual([null, 'library:in:f1'])
})

test('only the windows in sight are asked for, and asked again when something changed', async () => {
  await store.getState().listFiles({ folderId: 'f1', format: null, state: null })
  await store.getState().lookAtFiles(1, 2)
  const ranges = () => asked('library.list').map((input) => (input as { from: number }).from) // as: what the slice asks
  expect(ranges()).toEqual([0, 100, 200])
  announce('library.changed', { folders: [], files: [], removedFolderIds: [], removedFileIds: [], more: true })
  await vi.runAllTimersAsync()
  expect(ranges()).toEqual([0, 100, 200, 100, 200])
  expect(Object.keys(store.getState().fileList.windows)).toEqual(['1', '2'])
})

test('a list answered late does not take the place of the one asked for since', async () => {
  const late = Promise.withResolvers<Result<unknown>>()
  answers['library.list'] = () => late.promise
  const first = store.getState().listFiles({ folderId: 'f1', format: null, state: null })
  answers['library.list'] = () => ok({ files: [file('new')], total: 1 })
  await store.getState().listFiles({ folderId: 'f2', format: null, state: null })
  late.resolve(ok({ files: [file('old')], total: 9 }))
  await first
  expect([store.getState().fileList.total, store.getState().fileList.windows[0]]).toEqual([1, [file('new')]])
})

test('a search waits for a pause, asks once, and opens a hit at its passage with its words', async () => {
  answers['library.search'] = () => ok({ hits: [hit('d1')], cursor: 'next' })
  for (const query of ['g', 'ga', 'gate']) store.getState().searchLibrary({ query })
  await vi.advanceTimersByTimeAsync(500)
  expect(asked('library.search')).toEqual([{ query: 'gate', cursor: null }])
  const [found] = store.getState().librarySearch.hits ?? []
  if (found === undefined) throw new Error('nothing was found')
  store.getState().openLibraryHit(found)
  expect(store.getState().route.id).toBe('d1')
  const passage = {
    locators: [hit('d1').locator],
    text: null,
    claim: null,
    found: { position: 7, words: ['gate', 'Gate'] },
  }
  expect(shown).toEqual(passage)
})

test('removal: out of sight at once, gone after the time for Undo, back before it', async () => {
  await store.getState().refreshLibrary()
  store.setState({ route: { room: 'documents', id: 'library:in:f1' } })
  const removal = { target: { folderId: 'f1' }, name: 'Letters', files: 3, excluded: false }
  store.getState().removeFromLibrary(removal)
  expect(store.getState().libraryFolders.map(({ id }) => id)).toEqual(['f2'])
  expect(store.getState().route.id).toBe('library')
  store.getState().undoLibraryRemoval()
  await vi.advanceTimersByTimeAsync(undoMilliseconds * 2)
  expect([asked('library.remove'), store.getState().libraryFolders.length]).toEqual([[], 2])
  store.getState().removeFromLibrary(removal)
  await vi.advanceTimersByTimeAsync(undoMilliseconds)
  expect(asked('library.remove')).toEqual([{ folderId: 'f1' }])
})
