// The figures of a model that is not here yet, and what more there is to know about it.
import type { CatalogueModel } from '#contract/model.ts'
import { formatBytes } from '../../ui/format.ts'
import type { Language, Translate } from '../../ui/text.ts'
import { pagesOf } from './modelFacts.ts'
import { verdictNumbers } from '../../ui/verdictWords.ts'

/** Size, how much it holds at once, languages, licence. */
export function catalogueFacts(model: CatalogueModel, translate: Translate, language: Language): string {
  const { bytes, sha256, contextTokens, languages, licence } = model
  const size = formatBytes(bytes, language)
  return [
    sha256 === null ? translate('models.catalogue.about', { size }) : size,
    translate('models.facts.context', { count: contextTokens, pages: pagesOf(contextTokens) }),
    languageWords(languages, translate, language),
    translate('models.facts.licence', { licence: licence.id }),
  ]
    .filter((fact) => fact !== null)
    .join(' · ')
}

/** One further thing about a model; `code` for what is copied rather than read. */
export type CatalogueDetail = { readonly name: string; readonly value: string; readonly code: boolean }

/** The numbers behind the verdict, what it can do, where it comes from. */
export function catalogueDetails(
  model: CatalogueModel,
  translate: Translate,
  language: Language,
): readonly CatalogueDetail[] {
  const { verdict, languages, thinking, namesEntities, repository, file, sha256, licence } = model
  const detail = (key: string, value: string, code = false): CatalogueDetail => ({
    name: translate(`models.detail.${key}`),
    value,
    code,
  })
  const abilities = [
    ...(model.kind === 'chat' ? [translate(`models.linked.${model.summaryMode}`)] : []),
    ...(thinking === 'switch' ? [translate('models.detail.thinkingOff')] : []),
    ...(namesEntities ? [translate('models.detail.namesEntities')] : []),
  ]
  return [
    detail('memory', verdictNumbers(verdict, translate, language)),
    ...(abilities.length === 0 ? [] : [detail('abilities', abilities.join(' '))]),
    ...(languages.length > 3 ? [detail('languages', named(languages, language))] : []),
    detail('from', `${repository}/${file}`, true),
    detail('licence', licence.url, true),
    sha256 === null ? detail('sha256', translate('models.detail.notKnown')) : detail('sha256', sha256, true),
  ]
}

function languageWords(languages: readonly string[], translate: Translate, language: Language): string | null {
  if (languages.length === 0) return null
  if (languages.length > 3) return translate('models.facts.languages', { count: languages.length })
  return named(languages, language)
}

function named(codes: readonly string[], language: Language): string {
  const names = new Intl.DisplayNames(language, { type: 'language' })
  return codes.map((code) => names.of(code) ?? code).join(', ')
}
