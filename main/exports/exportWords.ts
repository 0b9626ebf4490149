// The words around a result, from the locale files.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import i18next from 'i18next'
import { failureValues } from '../../preload/failureValues.ts'
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/language.ts'
import type { Say } from './logic/placeWords.ts'

/** Words of one language: sentences by key, dates, and what a failure means. */
export type ExportWords = {
  readonly say: Say
  readonly writeDate: (iso: string) => string
  readonly failure: (failure: Failure) => string
}

/** Reads `locales/<language>.json` and `locales/export.<language>.json` of the resources folder. */
export async function loadExportWords(resources: string, language: Language): Promise<ExportWords> {
  const [shared, own] = await Promise.all(
    [`${language}.json`, `export.${language}.json`].map(async (name) => {
      const text = await readFile(join(resources, 'locales', name), 'utf8')
      return JSON.parse(text) as object // as: our own file; a test holds every locale to the same keys
    }),
  )
  const instance = i18next.createInstance()
  await instance.init({
    lng: language,
    resources: { [language]: { translation: { ...shared, ...own } } },
    // Every format escapes in its own way.
    interpolation: { escapeValue: false },
  })
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' })
  return {
    say: (key, values = {}) => instance.t(key, { ...values }),
    writeDate: (iso) => dates.format(new Date(iso)),
    failure: (failure) => instance.t(`failures.${failure.code}.message`, failureValues(failure, language)).trim(),
  }
}
