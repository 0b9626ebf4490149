// A client on fake processes, and small words for its tests.
import type { EngineState } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import { InferenceClient, type InferenceDependencies } from '../../main/inference/inferenceClient.ts'
import type { GenerationRequest, Lane, ModelToLoad } from '../../main/inference/localGenerator.ts'
import type { InferenceRequest } from '../../main/inference/protocol.ts'
import { createFakeSpawn, loadsAndWaits, type Behaviour, type FakeEngineChild } from './fakeEngineChild.ts'
import { createFakeLogger, type FakeLogger } from './fakeLogger.ts'
import { createFakeTimers, type FakeTimers } from './fakeTimers.ts'

/** A signal that never aborts. */
export const never = new AbortController().signal
/** The meter every fake generation reports. */
export const meter = { promptTokens: 3, evaluatedTokens: 3, generatedTokens: 2 }
/** The meter of what never began. */
export const nothing = { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 }
/** A model to choose; none exists. */
export const model: ModelToLoad = {
  modelId: 'm',
  name: 'Model',
  path: '/m.gguf',
  sha256: 'a'.repeat(64),
  contextTokens: 2048,
  mapContextTokens: 1024,
  summaryMode: 'free',
  languages: ['en'],
  wrapper: { kind: 'builtin', name: 'chatML' },
  threads: 2,
  calibratedThreads: null,
  gpu: 'unused',
  totalLayers: 6,
}

/** A client in the test's hands: its processes, its clock, what it announced, and the model it is to choose. */
export type FakeEngineClient = {
  readonly client: InferenceClient
  readonly children: readonly FakeEngineChild[]
  readonly timers: FakeTimers
  readonly logger: FakeLogger
  readonly states: EngineState[]
  readonly clock: { now: number }
  readonly choice: { model: Result<ModelToLoad> }
}

/** A client on fake processes with timers, clock and choice in the test's hands. */
export function setUp(
  behaviour: (number: number) => Behaviour = () => loadsAndWaits,
  changes: Partial<InferenceDependencies> = {},
): FakeEngineClient {
  const fake = createFakeSpawn(behaviour)
  const timers = createFakeTimers()
  const logger = createFakeLogger()
  const states: EngineState[] = []
  const clock = { now: Date.parse('2026-11-20T10:00:00Z') }
  const choice: { model: Result<ModelToLoad> } = { model: ok(model) }
  const client = new InferenceClient({
    spawn: () => fake.spawn(),
    chooseModel: async () => choice.model,
    announce: (topic, value) => {
      if (topic === 'models.engine-changed') states.push(value as EngineState) // as: the topic decides the value's type
    },
    logger,
    now: () => new Date(clock.now),
    timers,
    machine: { physicalCores: 2, mayHaveGpu: true, key: 'here', driver: 'd1' },
    ...changes,
  })
  return { client, children: fake.children, timers, logger, states, clock, choice }
}

/** A generation of one short turn. */
export function request(lane: Lane = { kind: 'map' }, text = 'hello'): GenerationRequest {
  return { lane, turns: [{ role: 'person', text }], maxTokens: 10, temperature: 0, seed: 1 }
}

/** A conversation's lane. */
export function chat(conversationId = 'c'): Lane {
  return { kind: 'chat', conversationId }
}

/** Lets every settled promise run its course; nothing here waits for real time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
}

/** What a process received of one type. */
export function of<T extends InferenceRequest['type']>(
  child: FakeEngineChild | undefined,
  type: T,
): readonly Extract<InferenceRequest, { type: T }>[] {
  return (child?.received ?? []).filter((each): each is Extract<InferenceRequest, { type: T }> => each.type === type)
}

/** Ends a generation with the text "ok". */
export function finish(child: FakeEngineChild | undefined, id: number): void {
  child?.reply({ type: 'text', id, delta: 'o' })
  child?.reply({ type: 'text', id, delta: 'k' })
  child?.reply({ type: 'finished', id, reason: 'complete', meter })
}
