// The figures of a model as one line a person can read.
import type { ModelRecord } from '#contract/model.ts'
import { formatBytes } from '../../ui/format.ts'
import type { Language, Translate } from '../../ui/text.ts'

/** English prose runs to about 1.3 tokens a word, and a printed page to about 400 words. */
const tokensPerPage = 520

/** Pages of prose that fit into so many tokens; at least 1. */
export function pagesOf(tokens: number): number {
  return Math.max(1, Math.floor(tokens / tokensPerPage))
}

/** Size, parameters, how much it holds at once, licence. */
export function modelFacts(model: ModelRecord, translate: Translate, language: Language): string {
  const { bytes, parameters, contextTokens, licence } = model
  return [
    formatBytes(bytes, language),
    parameters === null ? null : translate('models.facts.parameters', { amount: compact(parameters, language) }),
    translate('models.facts.context', { count: contextTokens, pages: pagesOf(contextTokens) }),
    licence === null ? translate('models.facts.licenceUnknown') : translate('models.facts.licence', { licence }),
  ]
    .filter((fact) => fact !== null)
    .join(' · ')
}

function compact(amount: number, language: Language): string {
  return new Intl.NumberFormat(language, {
    notation: 'compact',
    compactDisplay: 'long',
    maximumFractionDigits: 1,
  }).format(amount)
}
