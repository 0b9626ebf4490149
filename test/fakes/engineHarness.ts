// The real engine with the starter model, in a real child, for tests.
import { fileURLToPath } from 'node:url'
import type { EngineState } from '#contract/model.ts'
import { ok, type Result } from '#contract/result.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import { InferenceClient, type InferenceDependencies } from '../../main/inference/inferenceClient.ts'
import type { ModelToLoad } from '../../main/inference/localGenerator.ts'
import { createFakeLogger, type FakeLogger } from './fakeLogger.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The starter's chat template, as the catalogue has it. */
export const starterTemplate =
  "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'system' %}<|system|>{% elif message['role'] == 'assistant' %}<|assistant|>{% else %}<|user|>{% endif %}{{ message['content'] | trim }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"

/** The starter model as `ModelService.chosen` would describe it. */
export const starterModel: ModelToLoad = {
  modelId: 'sotto-starter',
  name: 'Sotto Starter',
  path: fileURLToPath(new URL('../../resources/models/sotto-starter.gguf', import.meta.url)),
  sha256: '5852cd8905c775ec3d8ee4b138e0d760018efd96bee7b89377e9788d637a5437',
  contextTokens: 2048,
  mapContextTokens: 2048,
  summaryMode: 'extractive',
  languages: ['en'],
  wrapper: { kind: 'jinja', template: starterTemplate },
  threads: 1,
  calibratedThreads: 1,
  gpu: 'unused',
  totalLayers: 6,
}

/** Starts children as the browser host and the CLI do. */
export const nodeSpawn = createSpawn({ root, environment: process.env })

/** A client on the real engine; `choose` replaces the model, `states` collects what was announced. */
export type EngineHarness = {
  readonly client: InferenceClient
  readonly states: EngineState[]
  readonly logger: FakeLogger
  choose(model: Result<ModelToLoad>): void
}

/** Makes one; close its client after the test. */
export function createEngineHarness(changes: Partial<InferenceDependencies> = {}): EngineHarness {
  const states: EngineState[] = []
  const logger = createFakeLogger()
  let chosen: Result<ModelToLoad> = ok(starterModel)
  const client = new InferenceClient({
    spawn: nodeSpawn,
    chooseModel: async () => chosen,
    announce: (topic, value) => {
      if (topic === 'models.engine-changed') states.push(value as EngineState) // as: the topic decides the value's type
    },
    logger,
    now: () => new Date(),
    ...changes,
  })
  return { client, states, logger, choose: (model) => (chosen = model) }
}
