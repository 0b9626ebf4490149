// Whom one may ask: providers and endpoints, their keys, and the person's own lists for redaction.
import type { Failure } from '#contract/failures.ts'
import type { Result } from '#contract/result.ts'
import type { SliceTools } from '../slice.ts'
import type { CloudSlice } from './cloudState.ts'

type ProvidersPart = Pick<
  CloudSlice,
  | 'cloud'
  | 'cloudProviders'
  | 'cloudTerms'
  | 'cloudSetUpFailure'
  | 'refreshCloud'
  | 'setProviderKey'
  | 'removeProviderKey'
  | 'addEndpoint'
  | 'removeEndpoint'
  | 'loadTerms'
  | 'saveTerms'
>

/** Follows the state of the cloud; a key goes out of the window's hands with the call that sets it. */
export function createCloudProviders({ set, get, client }: SliceTools): ProvidersPart {
  function told(of: string, failure: Failure | null): void {
    set({ cloudSetUpFailure: failure === null ? null : { of, failure } })
  }
  async function refreshCloud(): Promise<void> {
    const [state, providers] = await Promise.all([client.call('cloud.state', {}), client.call('cloud.providers', {})])
    if (state.ok) set({ cloud: state.value })
    if (providers.ok) set({ cloudProviders: providers.value })
  }
  /** Runs a change, says why it was refused, and reads everything anew when it was not. */
  async function change(of: string, asked: Promise<Result<unknown>>): Promise<boolean> {
    const changed = await asked
    told(of, changed.ok ? null : changed.failure)
    if (changed.ok) await refreshCloud()
    return changed.ok
  }
  client.on('cloud.changed', (cloud) => {
    set({ cloud })
    void get().refreshScopes()
  })
  client.on('settings.changed', ({ key }) => {
    if (key === 'localOnly' || key === 'cloudModel' || key === 'cloudBudgetUsd') void refreshCloud()
  })
  return {
    cloud: null,
    cloudProviders: [],
    cloudTerms: null,
    cloudSetUpFailure: null,
    refreshCloud,
    setProviderKey: (providerId, key) => change(providerId, client.call('cloud.set-key', { providerId, key })),
    async removeProviderKey(providerId) {
      await change(providerId, client.call('cloud.remove-key', { providerId }))
    },
    addEndpoint: (endpoint) => change('endpoint', client.call('cloud.add-endpoint', endpoint)),
    async removeEndpoint(providerId) {
      await change(providerId, client.call('cloud.remove-endpoint', { providerId }))
    },
    async loadTerms() {
      const terms = await client.call('cloud.terms', {})
      if (terms.ok) set({ cloudTerms: terms.value })
      else told('terms', terms.failure)
    },
    async saveTerms({ hide, show }) {
      const saved = await client.call('cloud.set-terms', { hide: [...hide], show: [...show] })
      told('terms', saved.ok ? null : saved.failure)
      if (saved.ok) set({ cloudTerms: saved.value })
      return saved.ok
    },
  }
}
