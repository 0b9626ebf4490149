// Sentences from the locale files, for hosts that speak without a window.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import i18next from 'i18next'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/language.ts'
import { failureValues } from '../../../preload/failureValues.ts'

/** Sentences in one language. */
export type Translator = {
  readonly language: Language
  /** The sentence of a key; `values` fill its placeholders, `count` picks the plural, `context` the variant. */
  say(key: string, values?: Readonly<Record<string, unknown>>): string
  /** What happened and what to do next. */
  failure(failure: Failure): { readonly message: string; readonly nextStep: string }
}

/** Reads `locales/<language>.json` of the resources folder; English stands in for what is missing. */
export function createTranslator(language: Language, resources: string): Translator {
  const instance = i18next.createInstance()
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: Object.fromEntries(
      [...new Set<Language>([language, 'en'])].map((code) => [code, { translation: readLocale(code, resources) }]),
    ),
    // A terminal and a window escape in their own ways.
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  const say = (key: string, values: Readonly<Record<string, unknown>> = {}) => instance.t(key, { ...values })
  return {
    language,
    say,
    failure: (failure) => {
      const values = failureValues(failure, language)
      return {
        message: say(`failures.${failure.code}.message`, values).trim(),
        nextStep: say(`failures.${failure.code}.nextStep`, values).trim(),
      }
    },
  }
}

function readLocale(language: Language, resources: string): object {
  const text = readFileSync(path.join(resources, 'locales', `${language}.json`), 'utf8')
  return JSON.parse(text) as object // as: our own file; a test holds every locale to the same keys
}
