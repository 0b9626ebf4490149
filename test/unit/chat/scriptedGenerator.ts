// A generator whose answers a test writes by hand. A token is a word; every turn takes four more.
import { ok, type Result } from '#contract/result.ts'
import type {
  Generation,
  GenerationListener,
  GenerationRequest,
  LoadedModel,
  LocalGenerator,
  Turn,
} from '../../../main/inference/localGenerator.ts'

/** A generation under way, moved by the test. */
export class HeldGeneration {
  readonly request: GenerationRequest
  readonly listener: GenerationListener
  readonly result: Promise<Result<Generation>>
  readonly #resolve: (result: Result<Generation>) => void
  #text = ''

  constructor(request: GenerationRequest, listener: GenerationListener) {
    this.request = request
    this.listener = listener
    const { promise, resolve } = Promise.withResolvers<Result<Generation>>()
    this.result = promise
    this.#resolve = resolve
    listener.signal.addEventListener('abort', () => this.finish('stopped'))
    if (listener.signal.aborted) this.finish('stopped')
  }

  write(delta: string): void {
    this.#text += delta
    this.listener.onText?.(delta)
  }

  finish(reason: Generation['reason']): void {
    const generatedTokens = words(this.#text)
    this.#resolve(ok({ text: this.#text, reason, meter: { promptTokens: 20, evaluatedTokens: 7, generatedTokens } }))
  }

  fail(result: Result<never>): void {
    this.#resolve(result)
  }
}

/** How a request is answered: with a text at once, or by hand. */
export type Script = (request: GenerationRequest, listener: GenerationListener) => Promise<Result<Generation>>

/** Answers chat and map requests by two scripts and keeps what it was asked. */
export class ScriptedGenerator implements LocalGenerator {
  model: LoadedModel = {
    modelId: 'fake',
    name: 'Fake 1B',
    sha256: 'f'.repeat(64),
    contextTokens: 400,
    mapContextTokens: 400,
    mapSequences: 1,
    summaryMode: 'free',
    languages: ['en'],
  }
  loading: Result<void> = ok(undefined)
  chat: Script = answering('Certainly.')
  map: Script = answering('A title')
  readonly requests: GenerationRequest[] = []
  readonly preloads: { conversationId: string; turns: readonly Turn[] }[] = []
  readonly held: HeldGeneration[] = []
  countedTexts = 0
  readonly #waiting: { count: number; resolve: () => void }[] = []

  /** Holds chat answers for the test to write; `heldAt` waits for the n-th. */
  hold(): void {
    this.chat = (request, listener) => {
      const held = new HeldGeneration(request, listener)
      this.held.push(held)
      for (const waiter of this.#waiting) if (this.held.length >= waiter.count) waiter.resolve()
      return held.result
    }
  }

  /** The n-th held generation, from 0, once it has begun. */
  async heldAt(index: number): Promise<HeldGeneration> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ count: index + 1, resolve })
    if (this.held.length > index) resolve()
    await promise
    const held = this.held[index]
    if (held === undefined) throw new Error('not held')
    return held
  }

  load(): Promise<Result<LoadedModel>> {
    return Promise.resolve(this.loading.ok ? ok(this.model) : this.loading)
  }

  generate(request: GenerationRequest, listener: GenerationListener): Promise<Result<Generation>> {
    this.requests.push(request)
    return request.lane.kind === 'chat' ? this.chat(request, listener) : this.map(request, listener)
  }

  preload: LocalGenerator['preload'] = (conversationId, turns) => {
    this.preloads.push({ conversationId, turns })
    return Promise.resolve(ok({ promptTokens: 1, evaluatedTokens: 1, generatedTokens: 0 }))
  }

  countTokens(texts: readonly string[]): Promise<Result<readonly number[]>> {
    this.countedTexts += texts.length
    return Promise.resolve(ok(texts.map(words)))
  }

  countTurnTokens(turns: readonly Turn[]): Promise<Result<number>> {
    return Promise.resolve(ok(turns.reduce((sum, turn) => sum + words(turn.text) + 4, 0)))
  }

  embed(): Promise<Result<readonly Float32Array[]>> {
    return Promise.resolve({ ok: false, failure: { code: 'unsupported-by-model', details: { feature: 'embedding' } } })
  }
}

/** Answers with a text at once. */
export function answering(text: string, reason: Generation['reason'] = 'complete'): Script {
  return (_, listener) => {
    listener.onReading?.(20, 20)
    listener.onText?.(text)
    const meter = { promptTokens: 20, evaluatedTokens: 7, generatedTokens: words(text) }
    return Promise.resolve(ok({ text, reason, meter }))
  }
}

function words(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length
}
