// The window's words: i18next over the shared locale files, switchable at run time.
import i18next, { type i18n } from 'i18next'
import { createContext, useContext } from 'react'

/** A sentence by key; `values` fill its placeholders. */
export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string

/** Languages the app speaks. */
export type Language = 'en' | 'de'

/** Builds the translator for one language from already parsed locale files. */
export function createTranslate(language: Language, resources: Readonly<Record<Language, object>>): Translate {
  const instance: i18n = i18next.createInstance()
  // React escapes by itself; escaping here as well would show entities.
  void instance.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: resources.en }, de: { translation: resources.de } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return (key, values) => instance.t(key, { ...values })
}

/** The translator and its language, provided once by the shell. */
export const TextContext = createContext<{ readonly translate: Translate; readonly language: Language } | null>(null)

function useText(): { readonly translate: Translate; readonly language: Language } {
  const text = useContext(TextContext)
  if (text === null) throw new Error('no TextContext above this component')
  return text
}

/** The translator of the current language. */
export function useTranslate(): Translate {
  return useText().translate
}

/** The current language, for dates and numbers. */
export function useLanguage(): Language {
  return useText().language
}
