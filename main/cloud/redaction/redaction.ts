// Redaction as the cloud uses it: find what should not leave, hide it, look again, and put it back into the answer.
import { fail, ok, type Result } from '#contract/result.ts'
import { detectAll } from './detectors.ts'
import type { Candidate, Finding } from './logic/finding.ts'
import type { RedactionOptions } from './logic/redactionOptions.ts'
import { findTerms } from './logic/knownTerms.ts'
import { placeholderSpans } from './logic/placeholders.ts'
import { redact } from './logic/replace.ts'
import type { Redacted } from './logic/replace.ts'
import { allowedSpans, resolve } from './logic/resolve.ts'
import type { RedactionVault } from './logic/vault.ts'
import { viewOf, type Span } from './logic/view.ts'

export type { Confidence, Finding, RedactionClass } from './logic/finding.ts'
export type { RedactionOptions } from './logic/redactionOptions.ts'
export type { Redacted, UsedRedaction } from './logic/replace.ts'
export type { Restorer } from './logic/restore.ts'
export type { RedactionVault, VaultEntry } from './logic/vault.ts'

/** Rounds of looking: each sees what the one before hid as hidden, as the second look will. */
const rounds = 4

/**
 * Everything in the text that the rules, the person's list or this conversation's vault say should be hidden: in order,
 * none overlapping. Pure and linear in the length of the text.
 */
export function findRedactions(text: string, options: RedactionOptions = {}): readonly Finding[] {
  return find(text, options, placeholderSpans(text))
}

/** Finds and hides in one go; what stays in the clear by the person's choice is listed in `used` too. */
export function findAndRedact(text: string, options: RedactionOptions & { readonly vault: RedactionVault }): Redacted {
  return redact(text, findRedactions(text, options), options.vault)
}

/**
 * Looks at a redacted text once more, with the vault of that redaction. Fails with `redaction-incomplete` when anything
 * is found that is neither hidden nor switched into the clear: then nothing may be sent.
 */
export function rescan(redacted: string, options: RedactionOptions & { readonly vault: RedactionVault }): Result<void> {
  const clear = options.vault.entries.filter(({ inTheClear }) => inTheClear).map(({ original }) => original)
  const hidden = placeholderSpans(redacted)
  const masked = merged([...hidden, ...clearSpans(redacted, clear)])
  const left = find(redacted, options, masked).filter(({ original }) => !clear.includes(original))
  if (left.length === 0) return ok(undefined)
  const classes = [...new Set(left.map((finding) => finding.class))].sort()
  return fail('redaction-incomplete', { classes, count: left.length })
}

function find(text: string, options: RedactionOptions, masked: readonly Span[]): readonly Finding[] {
  let found: readonly Candidate[] = []
  const allowed = allowedSpans(text, options.never ?? [])
  for (let round = 0; round < rounds; round += 1) {
    const view = viewOf(text, merged([...masked, ...found]))
    const seen = detectAll(view.text, { options, found: found.map((each) => identified(text, each)) })
    const fresh = resolve(
      seen.map((each) => ({ ...each, ...view.toWhole(each) })),
      [...masked, ...found],
      allowed,
    )
    if (fresh.length === 0) break
    found = [...found, ...fresh]
  }
  return found.toSorted((a, b) => a.start - b.start).map((each) => identified(text, each))
}

function identified(text: string, candidate: Candidate): Finding {
  const original = text.slice(candidate.start, candidate.end)
  return { ...candidate, id: `${candidate.class}-${candidate.start}-${candidate.end}`, original }
}

function clearSpans(text: string, clear: readonly string[]): readonly Span[] {
  return findTerms(
    text,
    clear.map((term) => ({ text: term, class: 'own-term', entity: term, match: 'exact' })),
  )
}

/** In order, with what overlaps joined. */
function merged(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last !== undefined && span.start < last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    } else joined.push(span)
  }
  return joined
}
