// Where a task would be better done, from nothing but a few facts. It proposes; it never prepares and never sends.
import type { ProposalReason } from '#contract/cloud.ts'
import type { RedactionClass } from '#contract/cloudDraft.ts'

/** What is known of a task. `localContextTokens` 0: there is no model here. */
export type ProposalBasis = {
  readonly kind: 'message' | 'summary' | 'rewrite'
  readonly tokens: number
  readonly localContextTokens: number
  readonly localCanAnswer: boolean
  readonly found: readonly RedactionClass[]
  readonly overBudget: boolean
  readonly inside: boolean
}

/** Times the local context from which on a document is long: beyond it, summaries go through many steps. */
const longDocument = 20

/** The place and its reasons, strongest first. Secrets and an empty budget always keep a task here, if it can be done here. */
export function propose(basis: ProposalBasis): {
  readonly place: 'local' | 'cloud'
  readonly reasons: readonly ProposalReason[]
} {
  const { kind, tokens, localContextTokens, localCanAnswer, found, overBudget, inside } = basis
  const away: ProposalReason[] = []
  if (localContextTokens === 0) away.push('no-local-model')
  else if (kind !== 'summary' && !localCanAnswer) away.push('model-cannot-answer')
  if (kind !== 'summary' && localContextTokens > 0 && tokens > localContextTokens) away.push('context-too-small')
  if (kind === 'summary' && localContextTokens > 0 && tokens > localContextTokens * longDocument) {
    away.push('long-document')
  }
  const here: ProposalReason[] = []
  if (found.includes('secret') && !inside) here.push('secret-found')
  if (overBudget) here.push('budget-reached')
  if (found.some((each) => each !== 'secret' && each !== 'literal') && !inside) here.push('personal-data')
  const keeps = here.some((reason) => reason !== 'personal-data')
  if (away.length === 0 || keeps) return { place: 'local', reasons: here.length > 0 ? here : ['local-is-enough'] }
  return { place: 'cloud', reasons: [...away, ...here] }
}
