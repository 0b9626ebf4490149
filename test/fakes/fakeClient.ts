// A client whose answers, streams and events are in the test's hands.
import type { Client } from '#client'
import type { EventValue, Topic } from '#contract/index.ts'
import type { Result, Stream } from '#contract/result.ts'

/** One question the window asked; `signal` is what would stop it. */
export type Asked = { readonly method: string; readonly input: unknown; readonly signal: AbortSignal | undefined }

/** Answers a call with a result, or a stream with its items and ending; missing ones never answer. */
export type Answers = Readonly<Record<string, (input: never, signal: AbortSignal | undefined) => unknown>>

/** The client, what was asked of it, and a way to announce. `answers` may be changed between questions. */
export type FakeClient = {
  readonly client: Client
  readonly asked: Asked[]
  answers: Answers
  announce<T extends Topic>(topic: T, value: EventValue<T>): void
  disconnect(): void
}

/** A client for tests of the window's state. */
export function createFakeClient(answers: Answers = {}): FakeClient {
  const listeners = new Map<string, ((value: never) => void)[]>()
  const gone = Promise.withResolvers<void>()
  const asked: Asked[] = []
  const never = new Promise<never>(() => undefined)
  function ask(method: string, input: unknown, signal: AbortSignal | undefined): unknown {
    asked.push({ method, input, signal })
    return fake.answers[method]?.(input as never, signal) // as: the test knows what each method is given
  }
  const client = {
    call: async (method: string, input: unknown, options?: { signal?: AbortSignal }) =>
      (ask(method, input, options?.signal) as Promise<Result<unknown>> | undefined) ?? never, // as: calls are answered with results
    stream: (method: string, input: unknown, options?: { signal?: AbortSignal }) =>
      ask(method, input, options?.signal) as Stream<unknown>, // as: streams are answered with streams
    on: (topic: string, listener: (value: never) => void) => {
      listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
      return () => undefined
    },
    closed: gone.promise,
    close: () => gone.resolve(),
  } as Client // as: answers are untyped here, the tests' own expectations check them
  const fake: FakeClient = {
    client,
    asked,
    answers,
    announce(topic, value) {
      for (const listener of listeners.get(topic) ?? []) listener(value as never) // as: each listener was added for its topic
    },
    disconnect: () => gone.resolve(),
  }
  return fake
}

/** A stream of the given items that ends so. */
export async function* streamOf<T>(items: readonly T[], end: Result<void>): Stream<T> {
  yield* items
  return end
}
