// The providers' keys: in the keystore, or in memory where there is none. They are read at the door only.
import type { Keyring, Logger } from '../host.ts'

/** Where a key lies. */
export type KeyPlace = 'keystore' | 'memory' | 'none'

/** Keeps one key per provider. A keystore that fails is treated as absent, and that is logged. */
export class ProviderKeys {
  readonly #keyring: Keyring | undefined
  readonly #logger: Logger
  readonly #memory = new Map<string, string>()

  constructor(deps: { readonly keyring: Keyring | undefined; readonly logger: Logger }) {
    this.#keyring = deps.keyring
    this.#logger = deps.logger
  }

  /** Where the key of a provider lies now. */
  async place(providerId: string): Promise<KeyPlace> {
    if (this.#memory.has(providerId)) return 'memory'
    return (await this.#stored(providerId)) === null ? 'none' : 'keystore'
  }

  /** The key itself, for the door; null when there is none. */
  async read(providerId: string): Promise<string | null> {
    return this.#memory.get(providerId) ?? (await this.#stored(providerId))
  }

  /** Keeps a key in place of the one before. */
  async set(providerId: string, key: string): Promise<void> {
    this.#memory.delete(providerId)
    try {
      if (this.#keyring !== undefined) {
        await this.#keyring.set(account(providerId), key)
        if ((await this.#keyring.get(account(providerId))) === key) return
      }
    } catch {
      this.#logger.warn('cloud-key-not-kept', { provider: providerId })
    }
    this.#memory.set(providerId, key)
  }

  /** Forgets a key wherever it lies. */
  async remove(providerId: string): Promise<void> {
    this.#memory.delete(providerId)
    try {
      await this.#keyring?.remove(account(providerId))
    } catch {
      this.#logger.warn('cloud-key-not-removed', { provider: providerId })
    }
  }

  async #stored(providerId: string): Promise<string | null> {
    try {
      return (await this.#keyring?.get(account(providerId))) ?? null
    } catch {
      return null
    }
  }
}

function account(providerId: string): string {
  return `cloud-key:${providerId}`
}
