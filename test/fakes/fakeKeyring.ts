// A keystore in memory, which can be made to fail.
import type { Keyring } from '../../main/host.ts'

/** A keyring and its entries by account. While `broken` is set every call rejects; `silent` never answers. */
export type FakeKeyring = Keyring & {
  readonly entries: Map<string, string>
  trouble: 'none' | 'broken' | 'silent' | 'forgets'
}

/** Makes an empty one that works. */
export function createFakeKeyring(): FakeKeyring {
  const entries = new Map<string, string>()
  async function answer<T>(value: () => T): Promise<T> {
    if (keyring.trouble === 'broken') throw new Error('no keystore answers')
    if (keyring.trouble === 'silent') return new Promise<T>(() => undefined)
    return value()
  }
  const keyring: FakeKeyring = {
    entries,
    trouble: 'none',
    get: (account) => answer(() => entries.get(account) ?? null),
    set: (account, secret) =>
      answer(() => {
        if (keyring.trouble !== 'forgets') entries.set(account, secret)
      }),
    remove: (account) => answer(() => void entries.delete(account)),
  }
  return keyring
}
