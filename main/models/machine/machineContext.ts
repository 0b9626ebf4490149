// How large the chosen model's context could be on this computer, and making it so when a person asks for it.
import { fail, ok, type Result } from '#contract/result.ts'
import type { Setting, SettingEntry } from '#contract/setting.ts'
import type { ModelToLoad } from '../../inference/localGenerator.ts'

/** What it needs. The setting holds for every model, each as far as it goes. */
export type MachineContextDependencies = {
  readonly chosen: (signal: AbortSignal) => Promise<Result<Pick<ModelToLoad, 'contextTokens' | 'largestContextTokens'>>>
  readonly settings: {
    get(key: 'contextTokens'): Setting<number>
    set(key: 'contextTokens', value: number): Result<SettingEntry>
  }
}

/** Tokens the model's context has, and the most that its limit and this computer's memory allow. */
export type ContextSizes = { readonly contextTokens: number; readonly largestContextTokens: number }

/** The context grows in such steps, so that it does not grow again with every message. */
const step = 4096

/** Grows the context; it never shrinks by itself. */
export class MachineContext {
  readonly #dependencies: MachineContextDependencies

  constructor(dependencies: MachineContextDependencies) {
    this.#dependencies = dependencies
  }

  /** The sizes for the chosen model. Failures are those of choosing one. */
  async sizes(signal: AbortSignal): Promise<Result<ContextSizes>> {
    const chosen = await this.#dependencies.chosen(signal)
    if (!chosen.ok) return chosen
    const { contextTokens, largestContextTokens = contextTokens } = chosen.value
    return ok({ contextTokens, largestContextTokens })
  }

  /**
   * Makes room for `neededTokens` and half as many again, in whole steps; the model is loaded anew at its next request.
   * Failures: `context-full` when even the largest context does not hold them, `setting-locked`.
   */
  async grow(neededTokens: number, signal: AbortSignal): Promise<Result<void>> {
    const sizes = await this.sizes(signal)
    if (!sizes.ok) return sizes
    const { largestContextTokens } = sizes.value
    if (neededTokens > largestContextTokens) {
      return fail('context-full', { neededTokens, contextTokens: largestContextTokens, reservedTokens: 0 })
    }
    const wanted = Math.min(largestContextTokens, Math.ceil((neededTokens * 1.5) / step) * step)
    const set = this.#dependencies.settings.set('contextTokens', wanted)
    return set.ok ? ok(undefined) : set
  }
}
