// Whom one may ask: the table of providers and the endpoints a person added, with keys, prices and what policy allows.
import type { CloudProvider, ModelPrice, ProviderKind } from '#contract/cloud.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EndpointStore, StoredEndpoint } from './endpointStore.ts'
import { endpointIssue } from './logic/endpointAddress.ts'
import type { Prices } from './prices.ts'
import type { ProviderKeys } from './providerKeys.ts'
import { providerTable, type TableModel } from './providers/providerTable.ts'

/** A provider with everything needed to ask it. */
export type Provider = {
  readonly id: string
  readonly kind: ProviderKind
  readonly name: string
  readonly baseUrl: string
  readonly host: string
  readonly inside: boolean
  readonly keyNeeded: boolean
  readonly added: boolean
  readonly models: readonly TableModel[]
}

/** A model of a provider, as chosen. */
export type Choice = { readonly provider: Provider; readonly model: TableModel; readonly price: ModelPrice | null }

/** What the organisation says about providers; `providers` null allows any. */
export type ProviderPolicy = {
  readonly providers: readonly string[] | null
  readonly retention: Readonly<Record<string, string>>
}

type DirectoryDeps = {
  readonly store: EndpointStore
  readonly keys: ProviderKeys
  readonly prices: Prices
  readonly policy: ProviderPolicy
  readonly now: () => Date
  readonly newId: () => string
  /** Other base addresses for the built-in providers, by kind; for tests. */
  readonly addresses?: Partial<Record<ProviderKind, string>>
}

/** What a person enters to add an endpoint. */
export type NewEndpoint = Omit<StoredEndpoint, 'id'>

/** Lists, adds, removes and finds providers. */
export class ProviderDirectory {
  readonly #deps: DirectoryDeps

  constructor(deps: DirectoryDeps) {
    this.#deps = deps
  }

  /** Every provider as a person sees it, built-in ones first. */
  async list(): Promise<Result<CloudProvider[]>> {
    const all = await this.#all()
    if (!all.ok) return all
    return ok(await Promise.all(all.value.map((provider) => this.#shown(provider))))
  }

  /** One provider as a person sees it. */
  async get(providerId: string): Promise<Result<CloudProvider>> {
    const found = await this.#find(providerId)
    return found.ok ? ok(await this.#shown(found.value)) : found
  }

  /** Keeps or forgets a key. Failure: `not-found`. */
  async setKey(providerId: string, key: string | null): Promise<Result<CloudProvider>> {
    const found = await this.#find(providerId)
    if (!found.ok) return found
    await (key === null ? this.#deps.keys.remove(providerId) : this.#deps.keys.set(providerId, key.trim()))
    return ok(await this.#shown(found.value))
  }

  /** Adds an endpoint. Failures: `cloud-endpoint-invalid`, `cloud-provider-not-allowed`. */
  async add(endpoint: NewEndpoint): Promise<Result<CloudProvider>> {
    const { kind, name, models, inside } = endpoint
    const issue = endpointIssue(URL.parse(endpoint.baseUrl), kind)
    if (issue !== null) return fail('cloud-endpoint-invalid', { issue })
    if (inside && kind !== 'private') return fail('cloud-endpoint-invalid', { issue: 'not-inside' })
    if (new Set(models.map(({ id }) => id)).size < models.length) {
      return fail('cloud-endpoint-invalid', { issue: 'model' })
    }
    const id = `${kind}-${this.#deps.newId().slice(0, 8)}`
    if (!this.#allows(id, kind)) return fail('cloud-provider-not-allowed', { provider: name })
    const baseUrl = endpoint.baseUrl.replace(/\/+$/, '')
    const added = await this.#deps.store.add({ ...endpoint, id, baseUrl }, this.#deps.now().toISOString())
    return added.ok ? this.get(id) : added
  }

  /** Forgets an endpoint and its key. Failure: `not-found`. */
  async remove(providerId: string): Promise<Result<void>> {
    const removed = await this.#deps.store.remove(providerId)
    if (!removed.ok) return removed
    if (!removed.value) return fail('not-found', { what: 'provider', id: providerId })
    await this.#deps.keys.remove(providerId)
    return ok(undefined)
  }

  /** The provider and model a setting names as `<provider>/<model>`, or null when there is none. */
  async find(choice: string): Promise<Result<Choice | null>> {
    const cut = choice.indexOf('/')
    if (cut === -1) return ok(null)
    const all = await this.#all()
    if (!all.ok) return all
    const provider = all.value.find(({ id }) => id === choice.slice(0, cut))
    const model = provider?.models.find(({ id }) => id === choice.slice(cut + 1))
    if (provider === undefined || model === undefined) return ok(null)
    return ok({ provider, model, price: this.#deps.prices.of(provider.id, model.id, this.#deps.now()) })
  }

  /** What stands in the way of asking this provider: its key, or the policy; null when nothing does. */
  async obstacle(provider: Provider): Promise<Result<null>> {
    if (!this.#allows(provider.id, provider.kind))
      return fail('cloud-provider-not-allowed', { provider: provider.name })
    if (provider.keyNeeded && (await this.#deps.keys.place(provider.id)) === 'none') {
      return fail('cloud-key-missing', { provider: provider.name })
    }
    return ok(null)
  }

  /** The organisation's own words on how long a provider keeps requests, or null. */
  retentionByPolicy(provider: Provider): string | null {
    return this.#deps.policy.retention[provider.id] ?? this.#deps.policy.retention[provider.kind] ?? null
  }

  /** The key of a provider, for the door. */
  readKey(providerId: string): Promise<string | null> {
    return this.#deps.keys.read(providerId)
  }

  async #all(): Promise<Result<readonly Provider[]>> {
    const added = await this.#deps.store.list()
    if (!added.ok) return added
    const builtIn = providerTable.map(({ kind, name, baseUrl, models }) => {
      const address = this.#deps.addresses?.[kind] ?? baseUrl
      const fixed = { inside: false, keyNeeded: true, added: false }
      return { id: kind, kind, name, baseUrl: address, host: hostOf(address), models, ...fixed }
    })
    const own = added.value.map((endpoint) => ({
      ...endpoint,
      host: hostOf(endpoint.baseUrl),
      added: true,
      models: endpoint.models.map((model) => ({ ...model, name: model.name === '' ? model.id : model.name })),
    }))
    return ok([...builtIn, ...own])
  }

  async #find(providerId: string): Promise<Result<Provider>> {
    const all = await this.#all()
    if (!all.ok) return all
    const found = all.value.find(({ id }) => id === providerId)
    return found === undefined ? fail('not-found', { what: 'provider', id: providerId }) : ok(found)
  }

  #allows(id: string, kind: ProviderKind): boolean {
    const { providers } = this.#deps.policy
    return providers === null || providers.includes(kind) || providers.includes(id)
  }

  async #shown(provider: Provider): Promise<CloudProvider> {
    const { id, kind, name, host, inside, keyNeeded, added, models } = provider
    const place = await this.#deps.keys.place(id)
    return {
      id,
      kind,
      name,
      host,
      inside,
      added,
      allowed: this.#allows(id, kind),
      key: { needed: keyNeeded, set: place !== 'none', place },
      models: models.map((model) => ({
        id: model.id,
        name: model.name,
        contextTokens: model.contextTokens,
        outputTokens: model.outputTokens,
        price: this.#deps.prices.of(id, model.id, this.#deps.now()),
      })),
      retention: kind,
    }
  }
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? ''
}
