// A chat slice over a client whose calls, streams and events are in the test's hand; time and frames too.
import type { Client } from '#client'
import type { AnswerItem, Conversation, Message } from '#contract/chat.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { ItemQueue } from '../../../../preload/itemQueue.ts'
import { createChatSlice } from '../../../../renderer/state/chatSlice.ts'
import type { State } from '../../../../renderer/state/state.ts'

/** A stream the slice opened. */
export type OpenStream = {
  readonly method: string
  readonly input: Readonly<Record<string, unknown>>
  readonly signal: AbortSignal | undefined
  readonly queue: ItemQueue<AnswerItem>
}

/** The slice with everything around it. */
export type ChatFixture = {
  readonly get: () => State
  readonly calls: { readonly method: string; readonly input: unknown }[]
  readonly streams: OpenStream[]
  /** Answers to calls by method; a call without one fails as `disconnected`. */
  readonly answers: Record<string, (input: never) => Result<unknown>>
  readonly stored: Map<string, string>
  /** States set so far. */
  sets(): number
  announce(topic: string, value: unknown): void
  /** Runs what waits for the next frame. */
  frame(): void
  /** Lets milliseconds pass. */
  pass(milliseconds: number): void
  /** Lets promises settle. */
  settle(): Promise<void>
}

/** Makes a slice in the chat room. */
export function makeChatSlice(stored: ReadonlyMap<string, string> = new Map()): ChatFixture {
  const listeners = new Map<string, ((value: never) => void)[]>()
  const kept = new Map(stored)
  const frames: (() => void)[] = []
  const timers = new Set<{ at: number; run: () => void }>()
  const calls: { method: string; input: unknown }[] = []
  const streams: OpenStream[] = []
  const answers: ChatFixture['answers'] = {}
  let now = 0
  let sets = 0
  let state = { route: { room: 'chat', id: null }, engine: { state: 'idle' }, documents: [] } as unknown as State // as: only what chat reads of the other slices
  const client = {
    call: (method: string, input: never) => {
      calls.push({ method, input })
      return Promise.resolve(answers[method]?.(input) ?? fail('disconnected', {}))
    },
    stream: (method: string, input: Record<string, unknown>, options?: { signal?: AbortSignal }) => {
      const queue = new ItemQueue<AnswerItem>(() => undefined)
      streams.push({ method, input, signal: options?.signal, queue })
      return queue
    },
    on: (topic: string, listener: (value: never) => void) => {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
    },
  } as unknown as Client // as: the fake speaks any method
  function set(change: Partial<State>): void {
    sets += 1
    state = { ...state, ...change }
  }
  set({ navigate: (room, id = null) => set({ route: { room, id } }), refreshDocuments: async () => undefined })
  set(
    createChatSlice(
      { set, get: () => state, client },
      {
        storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
        nextFrame: (run) => frames.push(run),
        later: (run, milliseconds) => {
          const timer = { at: now + milliseconds, run }
          timers.add(timer)
          return () => timers.delete(timer)
        },
      },
    ),
  )
  return {
    get: () => state,
    calls,
    streams,
    answers,
    stored: kept,
    sets: () => sets,
    announce: (topic, value) => {
      for (const listener of listeners.get(topic) ?? []) listener(value as never) // as: the test announces by contract
    },
    frame: () => {
      for (const run of frames.splice(0)) run()
    },
    pass: (milliseconds) => {
      now += milliseconds
      for (const timer of [...timers].filter(({ at }) => at <= now)) {
        timers.delete(timer)
        timer.run()
      }
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  }
}

/** A conversation as main tells of it. */
export function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  const at = '2026-11-20T10:00:00.000Z'
  return { id, title: `Title of ${id}`, titledBy: 'start', createdAt: at, updatedAt: at, ...more }
}

/** A message of conversation `c`. */
export function message(id: string, more: Partial<Message> = {}): Message {
  return {
    id,
    conversationId: 'c',
    parentId: null,
    role: 'person',
    text: `text of ${id}`,
    state: 'complete',
    failure: null,
    documentIds: [],
    provenance: null,
    branch: { index: 0, count: 1 },
    siblingIds: [id],
    createdAt: '2026-11-20T10:00:00.000Z',
    ...more,
  }
}

/** A slice with conversation `c` open and these messages in it. */
export async function openChat(messages: readonly Message[] = []): Promise<ChatFixture> {
  const chat = makeChatSlice()
  chat.answers['chat.list'] = () => ok([conversation('c')])
  chat.answers['chat.messages'] = () => ok([...messages])
  chat.get().navigate('chat', 'c')
  await chat.get().refreshConversations()
  await chat.get().openConversation('c')
  return chat
}
