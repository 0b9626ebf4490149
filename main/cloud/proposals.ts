// Where a task would be better done, with reason and price. It looks at the text here only, prepares nothing, sends nothing.
import type { CloudProposal } from '#contract/cloud.ts'
import { ok, type Result } from '#contract/result.ts'
import type { ProposalFacts } from './cloudTask.ts'
import type { DraftMaker } from './draftMaker.ts'
import type { OwnTerms } from './endpointStore.ts'
import { costAtMost, priceFacts, tokensAbout } from './logic/price.ts'
import { propose } from './logic/proposal.ts'
import type { Choice } from './providerDirectory.ts'
import { findRedactions } from './redaction/redaction.ts'

/** Characters that are looked through for what should stay here; a proposal must not take long. */
const searched = 200_000
const answerTokens = 8000

/** The proposal for a task, if it went to `choice`. Failures: the storage's. */
export async function proposeTask(
  facts: ProposalFacts,
  { provider, model, price }: Choice,
  terms: OwnTerms,
  maker: DraftMaker,
): Promise<Result<CloudProposal>> {
  const found = findRedactions(facts.text.slice(0, searched), { hide: terms.hide, never: terms.show })
  const inputTokens = tokensAbout([facts.text])
  const maxOutputTokens = Math.min(answerTokens, model.outputTokens)
  const usd = price === null ? null : costAtMost(price, inputTokens, maxOutputTokens)
  const blocked = await maker.blocker({ provider, model, price }, usd)
  if (!blocked.ok) return blocked
  const { place, reasons } = propose({
    ...facts,
    tokens: inputTokens,
    found: found.map((finding) => finding.class),
    overBudget: blocked.value?.code === 'cloud-budget-reached',
    inside: provider.inside,
  })
  const cloud = place === 'cloud'
  return ok({
    place,
    reasons: [...reasons],
    model: cloud ? { providerName: provider.name, modelName: model.name, inside: provider.inside } : null,
    estimate: cloud ? { inputTokens, maxOutputTokens, usd, ...priceFacts(price, inputTokens) } : null,
  })
}
