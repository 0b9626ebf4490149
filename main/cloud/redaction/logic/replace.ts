// Puts placeholders in the place of findings.
import type { Finding } from './finding.ts'
import { placeholderSpans } from './placeholders.ts'
import { createVaultWriter, type Nameable, type RedactionVault, type VaultEntry } from './vault.ts'

/** One use of a vault entry; `start` and `end` are places in the redacted text. `findingId` is missing for literals. */
export type UsedRedaction = {
  readonly findingId?: string
  readonly start: number
  readonly end: number
  readonly entry: VaultEntry
}

/** The text to be sent, what stands where in it, and the vault with what came in. */
export type Redacted = {
  readonly text: string
  readonly used: readonly UsedRedaction[]
  readonly vault: RedactionVault
}

type Place = Nameable & { readonly start: number; readonly end: number; readonly findingId?: string }

/**
 * Puts the placeholder of each finding in its place; one that the person switched into the clear stays and is listed all
 * the same. What reads as a placeholder already becomes one of its own (`[TEXT_1]`), so that nothing is confused.
 */
export function redact(text: string, findings: readonly Finding[], vault: RedactionVault): Redacted {
  const writer = createVaultWriter(vault)
  const places = withoutOverlaps([...literals(text), ...findings.map(placeOf)])
  // Whole names first, so that a part of one finds its bearer even when it stands before it.
  for (const place of places) if (place.class === 'person' && place.entity.includes(' ')) writer.entryFor(place)
  const pieces: string[] = []
  const used: UsedRedaction[] = []
  let read = 0
  let written = 0
  for (const { start, end, findingId, ...thing } of places) {
    const entry = writer.entryFor(thing)
    const shown = entry.inTheClear ? entry.original : entry.placeholder
    pieces.push(text.slice(read, start), shown)
    const from = written + (start - read)
    written = from + shown.length
    used.push({ start: from, end: written, entry, ...(findingId === undefined ? {} : { findingId }) })
    read = end
  }
  return { text: pieces.join('') + text.slice(read), used, vault: writer.vault() }
}

function placeOf({ id, class: hidden, start, end, original, entity }: Finding): Place {
  return { class: hidden, start, end, original, entity, findingId: id }
}

function literals(text: string): readonly Place[] {
  return placeholderSpans(text).map(({ start, end }) => {
    const original = text.slice(start, end)
    return { class: 'literal', start, end, original, entity: original }
  })
}

function withoutOverlaps(places: readonly Place[]): readonly Place[] {
  const kept: Place[] = []
  for (const place of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (place.start >= (kept.at(-1)?.end ?? 0)) kept.push(place)
  }
  return kept
}
