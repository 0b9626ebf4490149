// Why a sentence needs checking, in words; the same on the page, on the clipboard and in an export's window.
import type { Claim, ClaimSupport } from '#contract/summary.ts'
import type { Translate } from '../../../ui/text.ts'

/** One sentence per reason; none for a supported claim. */
export function reasonsOf(
  claim: Pick<Claim, 'supported' | 'support' | 'notes'>,
  translate: Translate,
): readonly string[] {
  if (claim.supported) return []
  const { notes = [] } = claim
  if (notes.length > 0) return notes.map(({ kind, said }) => translate(`claims.note.${kind}`, { said }))
  return [translate(claim.support === 'partly' ? 'claims.note.partly' : 'claims.note.none')]
}

/** The degree of a claim; one made before there were degrees is in other words, or not there. */
export function supportOf({ support, supported }: Pick<Claim, 'supported' | 'support'>): ClaimSupport {
  return support ?? (supported ? 'close' : 'none')
}

/** How many claims there are of each degree that a person is told of. */
export type Tally = { readonly verbatim: number; readonly close: number; readonly check: number }

/** Counts claims; what is not supported needs checking, whatever its degree. */
export function tallyOf(claims: readonly Pick<Claim, 'supported' | 'support'>[]): Tally {
  const check = claims.filter(({ supported }) => !supported).length
  const verbatim = claims.filter((claim) => claim.supported && supportOf(claim) === 'verbatim').length
  return { verbatim, close: claims.length - check - verbatim, check }
}
