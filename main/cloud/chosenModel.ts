// The model a task would go to now, the second one if failover is set up, and what keeps everything here.
import { fail, ok, type Result } from '#contract/result.ts'
import type { PolicyResolution } from '../policy/policyResolution.ts'
import type { SettingsService } from '../settings/settingsService.ts'
import type { Choice, ProviderDirectory } from './providerDirectory.ts'

type ChosenModelDeps = {
  readonly settings: Pick<SettingsService, 'get' | 'localOnlyCause'>
  readonly policy: PolicyResolution
  readonly directory: ProviderDirectory
}

/** Reads settings and policy anew each time. */
export class ChosenModel {
  readonly #deps: ChosenModelDeps

  constructor(deps: ChosenModelDeps) {
    this.#deps = deps
  }

  /** The named model, or the chosen one. Failures: `local-only`, `cloud-not-set-up`, what stands in the way of its provider. */
  async first(model?: string): Promise<Result<Choice>> {
    const closed = this.closedBy()
    if (closed !== null) return fail('local-only', { by: closed })
    const found = await this.#deps.directory.find(model ?? this.#deps.settings.get('cloudModel').value)
    if (!found.ok) return found
    if (found.value === null) return fail('cloud-not-set-up', {})
    const obstacle = await this.#deps.directory.obstacle(found.value.provider)
    return obstacle.ok ? ok(found.value) : obstacle
  }

  /** The model of a second provider, or null when none is set up that could be asked. */
  async second(first: Choice): Promise<Result<Choice | null>> {
    const found = await this.#deps.directory.find(this.#deps.settings.get('cloudFallback').value)
    if (!found.ok || found.value === null || found.value.provider.id === first.provider.id) {
      return found.ok ? ok(null) : found
    }
    const obstacle = await this.#deps.directory.obstacle(found.value.provider)
    return ok(obstacle.ok ? found.value : null)
  }

  /** Who closed the way out, or null. */
  closedBy(): 'setting' | 'policy' | 'environment' | null {
    return this.#deps.settings.localOnlyCause() ?? (this.#deps.policy.values.cloudMode === 'off' ? 'policy' : null)
  }
}
