// What a conversation has hidden and under which names: plain data, kept encrypted, never part of a request.
import type { Finding } from './finding.ts'
import { placeholderOf, type HiddenClass } from './placeholders.ts'

/**
 * One way of writing one thing. Ways of writing the same thing share class and number and differ in `form`, so that a
 * model sees that they belong together and every one comes back as it was written.
 */
export type VaultEntry = {
  readonly placeholder: string
  readonly class: HiddenClass
  readonly number: number
  readonly form: number
  readonly original: string
  readonly entity: string
  /** The person wants this one sent as it is. */
  readonly inTheClear: boolean
}

/** The mapping of one conversation; JSON. */
export type RedactionVault = { readonly version: 1; readonly entries: readonly VaultEntry[] }

/** The mapping of a conversation in which nothing has been hidden yet. */
export const emptyVault: RedactionVault = { version: 1, entries: [] }

/** What a vault has to know of something to give it a placeholder. */
export type Nameable = Pick<Finding, 'original' | 'entity'> & { readonly class: HiddenClass }

/** Switches one thing, in all its ways of writing, to be sent as it is, or back to hidden. */
export function setInTheClear(vault: RedactionVault, placeholder: string, inTheClear: boolean): RedactionVault {
  const chosen = vault.entries.find((entry) => entry.placeholder === placeholder)
  if (chosen === undefined) return vault
  const same = (entry: VaultEntry): boolean => entry.class === chosen.class && entry.number === chosen.number
  return { ...vault, entries: vault.entries.map((entry) => (same(entry) ? { ...entry, inTheClear } : entry)) }
}

/** Looks things up and adds what is new; `vault()` is the mapping with everything added so far. */
export function createVaultWriter(start: RedactionVault): {
  entryFor(thing: Nameable): VaultEntry
  vault(): RedactionVault
} {
  const entries = [...start.entries]
  const byOriginal = new Map(entries.map((entry) => [`${entry.class} ${entry.original}`, entry]))
  return {
    entryFor: (thing) => {
      const known = byOriginal.get(`${thing.class} ${thing.original}`)
      if (known !== undefined) return known
      const entry = newEntry(entries, thing)
      entries.push(entry)
      byOriginal.set(`${thing.class} ${thing.original}`, entry)
      return entry
    },
    vault: () => ({ version: 1, entries }),
  }
}

function newEntry(entries: readonly VaultEntry[], thing: Nameable): VaultEntry {
  const ofClass = entries.filter((entry) => entry.class === thing.class)
  const relative = relativeOf(ofClass, thing)
  const number = relative?.number ?? 1 + Math.max(0, ...ofClass.map((entry) => entry.number))
  const form = 1 + Math.max(0, ...ofClass.filter((entry) => entry.number === number).map((entry) => entry.form))
  const { class: hidden, original, entity } = thing
  const placeholder = placeholderOf(hidden, number, form)
  return { placeholder, class: hidden, number, form, original, entity, inTheClear: relative?.inTheClear ?? false }
}

/** The same thing written otherwise; for a person also one part of a name that only one known person bears. */
function relativeOf(ofClass: readonly VaultEntry[], thing: Nameable): VaultEntry | undefined {
  const same = ofClass.find(({ entity }) => entity === thing.entity)
  if (same !== undefined || thing.class !== 'person' || thing.entity.includes(' ')) return same
  const bearers = ofClass.filter(({ entity }) => entity.split(' ').includes(thing.entity))
  return new Set(bearers.map(({ number }) => number)).size === 1 ? bearers[0] : undefined
}
