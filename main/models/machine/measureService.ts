// This computer, measured: a short run per installed model, kept with the model's hash and the versions it ran on.
import type { Item } from '#contract/index.ts'
import type { Measurement } from '#contract/machine.ts'
import type { ModelRecord } from '#contract/model.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { ModelToLoad } from '../../inference/localGenerator.ts'
import { streamOf } from './machineItems.ts'
import type { GoldenSet } from './measureGolden.ts'
import { measureModel, type MeasuringEngine } from './measureRun.ts'
import type { MeasureStore, StoredMeasurement } from './measureStore.ts'

/**
 * What measuring needs. `open` starts an engine of its own for one model, which is closed after the run; `free` unloads
 * the app's own first, for its memory. `busy`: something else is being worked on, and speeds would not be true.
 */
export type MeasureDependencies = {
  readonly store: MeasureStore
  readonly golden: () => Promise<GoldenSet>
  readonly models: {
    list(): Promise<Result<readonly ModelRecord[]>>
    toUse(modelId: string, signal: AbortSignal): Promise<Result<ModelToLoad>>
  }
  readonly open: (model: ModelToLoad) => MeasuringEngine & { close(): Promise<void> }
  readonly free: () => Promise<void>
  readonly busy: () => boolean
  readonly memoryOf: (pid: number) => Promise<number | null>
  readonly clock: () => number
  readonly now: () => Date
  readonly appVersion: string
}

/** The measurements. */
export class MeasureService {
  readonly #dependencies: MeasureDependencies
  #running = false

  constructor(dependencies: MeasureDependencies) {
    this.#dependencies = dependencies
  }

  /** Every installed model that was measured, on each device the newest, fastest writing first. */
  async measurements(): Promise<Result<readonly Measurement[]>> {
    const { models, store, golden } = this.#dependencies
    const installed = await models.list()
    if (!installed.ok) return installed
    const kept = await store.all()
    if (!kept.ok) return kept
    const { version } = await golden()
    const shown = installed.value.flatMap((model) =>
      kept.value
        .filter(({ modelSha256 }) => modelSha256 === model.sha256)
        .map((each) => this.#shown(each, model, version)),
    )
    return ok(shown.toSorted((a, b) => (b.writeTokensPerSecond ?? 0) - (a.writeTokensPerSecond ?? 0)))
  }

  /** Measures an installed model; see the contract for its failures. */
  measure(modelId: string, signal: AbortSignal): Stream<Item<'machine.measure'>> {
    return streamOf(async (push) => {
      if (this.#running || this.#dependencies.busy()) return fail('machine-busy', {})
      this.#running = true
      try {
        const measured = await this.#measure(modelId, signal, push)
        if (!measured.ok) return measured
        return ok({
          type: 'finished',
          reason: measured.value === null ? 'stopped' : 'complete',
          measurement: measured.value,
        })
      } finally {
        this.#running = false
      }
    })
  }

  async #measure(
    modelId: string,
    signal: AbortSignal,
    push: (item: Item<'machine.measure'>) => void,
  ): Promise<Result<Measurement | null>> {
    const { models, open, free, golden, store, now, appVersion, memoryOf, clock } = this.#dependencies
    const record = await this.#record(modelId)
    if (!record.ok) return record
    await free()
    const model = await models.toUse(modelId, signal)
    if (signal.aborted) return ok(null)
    if (!model.ok) return model
    const set = await golden()
    const engine = open(model.value)
    try {
      const found = await measureModel({ engine, golden: set, clock, memoryOf, onProgress: push }, signal)
      if (!found.ok) return found
      if (found.value === null) return ok(null)
      const measuredAt = now().toISOString()
      const kept = {
        ...found.value,
        modelSha256: record.value.sha256,
        appVersion,
        measuredAt,
        goldenVersion: set.version,
      }
      const written = await store.keep(kept)
      return written.ok ? ok(this.#shown(kept, record.value, set.version)) : written
    } finally {
      await engine.close()
    }
  }

  async #record(modelId: string): Promise<Result<ModelRecord>> {
    const installed = await this.#dependencies.models.list()
    if (!installed.ok) return installed
    const record = installed.value.find(({ id }) => id === modelId)
    return record === undefined ? fail('not-found', { what: 'model', id: modelId }) : ok(record)
  }

  #shown({ goldenVersion, ...kept }: StoredMeasurement, { id, name }: ModelRecord, version: number): Measurement {
    const current = kept.appVersion === this.#dependencies.appVersion && goldenVersion === version
    return { ...kept, modelId: id, modelName: name, current }
  }
}
