// What a person may do about the GPU: have it tested anew, and go back to what worked.
import type { GpuTest } from '#contract/model.ts'
import type { GpuLadder, TestedGpu } from './gpuLadder.ts'
import type { GpuTestOptions } from './gpuTest.ts'
import type { ModelToLoad } from './localGenerator.ts'
import type { WorkingState } from './logic/gpuRecord.ts'

/** What it stands on. `reconsider` has the next request load the model again, once what runs is finished. */
export type GpuControlDependencies = {
  readonly ladder: GpuLadder
  readonly testGpu: (options: GpuTestOptions) => Promise<readonly GpuTest[]>
  readonly reconsider: () => void
  /** Whether the loaded model waits for that. */
  readonly willReload: () => boolean
  /** A signal that also aborts when the engine is told to stop. */
  readonly untilStopped: (signal: AbortSignal) => AbortSignal
}

/** The person's hand on the GPU; nothing that runs is stopped by it. */
export class GpuControl {
  readonly #dependencies: GpuControlDependencies

  constructor(dependencies: GpuControlDependencies) {
    this.#dependencies = dependencies
  }

  /** Whether what is loaded no longer is how the next request will find it. */
  willReload(): boolean {
    return this.#dependencies.willReload()
  }

  /** The outcomes of the last tests that loading believes; null before the first. */
  tested(): TestedGpu | null {
    return this.#dependencies.ladder.tested
  }

  /**
   * Tests every backend anew for loading to believe, with a layer of the model if one is given, whose failures are then
   * forgotten. Aborting ends early and changes nothing.
   */
  async testAnew(
    model: Pick<ModelToLoad, 'path' | 'sha256'> | null,
    options: Pick<GpuTestOptions, 'onTested'> & { readonly signal: AbortSignal },
  ): Promise<readonly GpuTest[]> {
    const { ladder, testGpu, reconsider, untilStopped } = this.#dependencies
    const signal = untilStopped(options.signal)
    const tests = await testGpu({ ...options, signal, modelPath: model?.path ?? null })
    if (signal.aborted) return tests
    ladder.noteTests(tests)
    if (model !== null) await ladder.forget(model.sha256)
    reconsider()
    return tests
  }

  /** Makes the way in which a model last finished work on a GPU the one to begin with; answers it, null when there is none. */
  async restore(modelSha256: string): Promise<WorkingState | null> {
    const restored = await this.#dependencies.ladder.restore(modelSha256)
    if (restored !== null) this.#dependencies.reconsider()
    return restored
  }

  /** A person decided where models run: what failed before may be tried again. */
  async decided(modelSha256: string | null): Promise<void> {
    if (modelSha256 !== null) await this.#dependencies.ladder.forget(modelSha256)
    this.#dependencies.reconsider()
  }
}
