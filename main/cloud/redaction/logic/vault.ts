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

/**
 * Switches one thing, in all its ways of writing, to be sent as it is, or back to hidden. Text that only looks like a
 * placeholder stays hidden: the answer could not be told apart.
 */
export function setInTheClear(vault: RedactionVault, placeholder: string, inTheClear: boolean): RedactionVault {
  const chosen = vault.entries.find((entry) => entry.placeholder === placeholder)
  if (chosen === undefined || chosen.class === 'literal') return vault
  const same = (entry: VaultEntry): boolean => entry.class === chosen.class && entry.number === chosen.number
  return { ...vault, entries: vault.entries.map((entry) => (same(entry) ? { ...entry, inTheClear } : entry)) }
}

/**
 * Everything either mapping knows, in the order of `base`. What both know is hidden or in the clear as `decisions` has
 * it; should one placeholder stand for two things, `base` keeps it.
 */
export function joinVaults(base: RedactionVault, decisions: RedactionVault): RedactionVault {
  const decided = new Map(decisions.entries.map((entry) => [entry.placeholder, entry]))
  const entries = base.entries.map((entry) => {
    const other = decided.get(entry.placeholder)
    decided.delete(entry.placeholder)
    return other?.original === entry.original ? { ...entry, inTheClear: other.inTheClear } : entry
  })
  return { version: 1, entries: [...entries, ...decided.values()] }
}

/** Looks things up and adds what is new; `vault()` is the mapping with everything added so far. */
export function createVaultWriter(start: RedactionVault): {
  entryFor(thing: Nameable): VaultEntry
  vault(): RedactionVault
} {
  const entries: VaultEntry[] = []
  const index = createIndex()
  const add = (entry: VaultEntry): VaultEntry => {
    entries.push(entry)
    index.add(entry)
    return entry
  }
  for (const entry of start.entries) add(entry)
  return {
    entryFor: (thing) => index.written(thing) ?? add(newEntry(index, thing)),
    vault: () => ({ version: 1, entries }),
  }
}

type Index = ReturnType<typeof createIndex>

function newEntry(index: Index, thing: Nameable): VaultEntry {
  const { class: hidden, original, entity } = thing
  const relative = index.relative(thing)
  const number = relative?.number ?? index.lastNumber(hidden) + 1
  const form = index.lastForm(hidden, number) + 1
  const placeholder = placeholderOf(hidden, number, form)
  return { placeholder, class: hidden, number, form, original, entity, inTheClear: relative?.inTheClear ?? false }
}

/** Entries by what is asked of them, so that a vault of thousands answers as fast as one of ten. */
function createIndex(): {
  add(entry: VaultEntry): void
  written(thing: Nameable): VaultEntry | undefined
  relative(thing: Nameable): VaultEntry | undefined
  lastNumber(hidden: HiddenClass): number
  lastForm(hidden: HiddenClass, number: number): number
} {
  const byOriginal = new Map<string, VaultEntry>()
  const byEntity = new Map<string, VaultEntry>()
  const bearers = new Map<string, Map<number, VaultEntry>>()
  const last = new Map<string, number>()
  const raise = (key: string, value: number): void => {
    last.set(key, Math.max(last.get(key) ?? 0, value))
  }
  return {
    add: (entry) => {
      byOriginal.set(`${entry.class} ${entry.original}`, entry)
      const entity = `${entry.class} ${entry.entity}`
      byEntity.set(entity, byEntity.get(entity) ?? entry)
      raise(entry.class, entry.number)
      raise(`${entry.class} ${entry.number}`, entry.form)
      if (entry.class !== 'person') return
      for (const part of entry.entity.split(' ')) {
        const known = bearers.get(part) ?? new Map<number, VaultEntry>()
        if (!known.has(entry.number)) bearers.set(part, known.set(entry.number, entry))
      }
    },
    written: (thing) => byOriginal.get(`${thing.class} ${thing.original}`),
    // The same thing written otherwise; for a person also one part of a name that only one known person bears.
    relative: (thing) => {
      const same = byEntity.get(`${thing.class} ${thing.entity}`)
      if (same !== undefined || thing.class !== 'person' || thing.entity.includes(' ')) return same
      const known = bearers.get(thing.entity)
      return known?.size === 1 ? [...known.values()][0] : undefined
    },
    lastNumber: (hidden) => last.get(hidden) ?? 0,
    lastForm: (hidden, number) => last.get(`${hidden} ${number}`) ?? 0,
  }
}
