// Puts back what was hidden into an answer as it streams.
import { canonicalPlaceholder, openingPattern, placeholderPattern } from './placeholders.ts'
import type { RedactionVault } from './vault.ts'

/** Takes an answer piece by piece. What may be half a placeholder is held back, at most 42 characters of it. */
export type Restorer = {
  /** The text that is certain now. */
  push(delta: string): string
  /** What was still held back. */
  end(): string
}

/**
 * A restorer for the answer to a text redacted with this vault. A placeholder nobody gave out is left as it stands; one
 * in a form never seen (`[PERSON_1C]`) comes back as the first way that person was written.
 */
export function createRestorer(vault: RedactionVault): Restorer {
  const originals = new Map(vault.entries.map(({ placeholder, original }) => [placeholder, original]))
  const restore = (text: string): string =>
    text.replace(placeholderPattern, (found, ...groups: readonly (string | undefined)[]) => {
      const placeholder = canonicalPlaceholder([found, ...groups])
      return originals.get(placeholder) ?? originals.get(placeholder.replace(/[A-Z]*\]$/, ']')) ?? found
    })
  let held = ''
  return {
    push: (delta) => {
      const text = held + delta
      const opening = openingPattern.exec(text.slice(-43))
      held = opening?.[0] ?? ''
      return restore(text.slice(0, text.length - held.length))
    },
    end: () => {
      const rest = held
      held = ''
      return restore(rest)
    },
  }
}

/** A whole answer with everything put back. */
export function restoreText(text: string, vault: RedactionVault): string {
  const restorer = createRestorer(vault)
  return restorer.push(text) + restorer.end()
}
