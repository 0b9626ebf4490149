// Hides what should not leave in every piece of a task, looks again, and says where the placeholders stand.
import type { DraftPart, Redaction } from '#contract/cloudDraft.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { TaskPiece } from './cloudTask.ts'
import {
  type Finding,
  findRedactions,
  type RedactionVault,
  rescan,
  type UsedRedaction,
  type VaultEntry,
} from './redaction/redaction.ts'
import type { NamedTerm } from './redaction/logic/namedTerms.ts'
import { redact } from './redaction/logic/replace.ts'
import type { OwnTerms } from './endpointStore.ts'

/** The parts as they are sent, what is hidden or let through in them, and the vault that gives it back. */
export type RedactedPieces = {
  readonly parts: readonly DraftPart[]
  readonly redactions: readonly Redaction[]
  readonly vault: RedactionVault
}

type Kept = { readonly confidence: Redaction['confidence']; readonly entry: VaultEntry; occurrences: number }

/**
 * Hides twice over, so that what the last piece revealed is hidden in the first as well, then scans the result again.
 * Fails with `redaction-incomplete`, and then nothing may be drafted of it. Sotto's own words are left as they are.
 */
export function redactPieces(
  pieces: readonly TaskPiece[],
  start: RedactionVault,
  terms: OwnTerms & { readonly named: readonly NamedTerm[] },
): Result<RedactedPieces> {
  const own = { hide: terms.hide, never: terms.show, named: terms.named }
  let vault = start
  // As they were found at first: afterwards everything hidden is known and found for certain.
  const confidences = new Map<string, Redaction['confidence']>()
  for (const piece of pieces) {
    if (piece.fixed) continue
    const findings = findRedactions(piece.text, { ...own, vault })
    const first = redact(piece.text, findings, vault)
    vault = first.vault
    noteConfidence(confidences, first.used, findings)
  }
  const kept = new Map<string, Kept>()
  const parts: DraftPart[] = []
  const left: { classes: Set<string>; count: number } = { classes: new Set(), count: 0 }
  for (const piece of pieces) {
    const { kind, title, text } = piece
    if (piece.fixed) {
      parts.push({ kind, title, text, marks: [] })
      continue
    }
    const findings = findRedactions(text, { ...own, vault })
    const redacted = redact(text, findings, vault)
    noteConfidence(confidences, redacted.used, findings)
    vault = redacted.vault
    const again = rescan(redacted.text, { ...own, vault })
    if (!again.ok) {
      if (again.failure.code !== 'redaction-incomplete') return again
      left.count += again.failure.details.count
      for (const each of again.failure.details.classes) left.classes.add(each)
    }
    for (const use of redacted.used) note(kept, use, confidences.get(use.entry.placeholder) ?? 'rule')
    const marks = redacted.used.map(({ start: from, end, entry }) => ({
      start: from,
      end,
      redactionId: entry.placeholder,
    }))
    parts.push({ kind, title, text: redacted.text, marks })
  }
  if (left.count > 0) return fail('redaction-incomplete', { classes: [...left.classes].sort(), count: left.count })
  return ok({ parts, redactions: [...kept.values()].map(shown), vault })
}

/** The first word on a placeholder stands. */
function noteConfidence(
  known: Map<string, Redaction['confidence']>,
  used: readonly UsedRedaction[],
  findings: readonly Finding[],
): void {
  const sure = new Map(findings.map(({ id, confidence }) => [id, confidence]))
  for (const { findingId, entry } of used) {
    if (!known.has(entry.placeholder)) known.set(entry.placeholder, sure.get(findingId ?? '') ?? 'rule')
  }
}

function note(kept: Map<string, Kept>, { entry }: UsedRedaction, confidence: Redaction['confidence']): void {
  const known = kept.get(entry.placeholder)
  if (known === undefined) kept.set(entry.placeholder, { entry, confidence, occurrences: 1 })
  else known.occurrences += 1
}

function shown({ entry, confidence, occurrences }: Kept): Redaction {
  const { placeholder, original, inTheClear } = entry
  return { id: placeholder, class: entry.class, confidence, original, placeholder, on: !inTheClear, occurrences }
}
