// A store of the documents slice alone, over a client that answers what the test says.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../../../preload/client.ts'
import type { EventValue, Topic } from '../../../../preload/contract/index.ts'
import { ok, type Result, type Stream } from '../../../../preload/contract/result.ts'
import { createDocumentsSlice } from '../../../../renderer/state/documentsSlice.ts'
import type { Route } from '../../../../renderer/state/routeSlice.ts'
import type { State } from '../../../../renderer/state/state.ts'
import { ItemQueue } from '../../../../preload/itemQueue.ts'

/** A stream the test feeds; `left` says whether its reader went away. */
export type FedStream = {
  readonly method: string
  readonly input: unknown
  readonly queue: ItemQueue<unknown>
  left: boolean
}

/** The store, what was asked of the client, and ways to answer. */
export type FakeStore = {
  readonly store: StoreApi<State>
  readonly calls: { readonly method: string; readonly input: unknown }[]
  readonly streams: FedStream[]
  /** Answers by method; a function is called with the input. */
  readonly answers: Record<string, (input: never) => Result<unknown> | Promise<Result<unknown>>>
  /** What `documents.add` and `summaries.follow` yield at once; without an entry the test feeds the stream. */
  readonly scripts: Record<string, (input: never) => { readonly items: readonly unknown[]; readonly end: Result<void> }>
  announce<T extends Topic>(topic: T, value: EventValue<T>): void
}

/** Makes one in the documents room with nothing open. */
export function createFakeStore(): FakeStore {
  const calls: FakeStore['calls'] = []
  const streams: FedStream[] = []
  const answers: FakeStore['answers'] = {}
  const scripts: FakeStore['scripts'] = {}
  const listeners = new Map<string, (value: unknown) => void>()
  const client = {
    async call(method: string, input: unknown): Promise<Result<unknown>> {
      calls.push({ method, input })
      return answers[method]?.(input as never) ?? ok([]) // as: each test knows what its methods are asked
    },
    stream(method: string, input: unknown, options?: { signal?: AbortSignal }): Stream<unknown> {
      const fed: FedStream = { method, input, queue: new ItemQueue(() => (fed.left = true)), left: false }
      streams.push(fed)
      options?.signal?.addEventListener('abort', () => fed.queue.end(ok(undefined)))
      const script = scripts[method]?.(input as never) // as: each test knows what its methods are asked
      for (const item of script?.items ?? []) fed.queue.put(item)
      if (script !== undefined) fed.queue.end(script.end)
      return fed.queue
    },
    on: (topic: string, listener: (value: unknown) => void) => {
      listeners.set(topic, listener)
      return () => undefined
    },
  } as unknown as Client // as: only what the slice uses
  const store = createStore<State>()((set, get) => {
    const slice = createDocumentsSlice({ set, get, client })
    const route: Route = { room: 'documents', id: null }
    const navigate: State['navigate'] = (room, id = null) => set({ route: { room, id } })
    return { ...slice, route, navigate } as State // as: the documents slice sees no other part
  })
  return { store, calls, streams, answers, scripts, announce: (topic, value) => listeners.get(topic)?.(value) }
}
