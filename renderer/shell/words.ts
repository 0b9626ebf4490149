// Gathers the window's words from the locale files, one file per room and language.
import type { SettingEntry } from '#contract/setting.ts'
import german from '../../resources/locales/de.json'
import english from '../../resources/locales/en.json'
import { createTranslate, type Language, type Translate } from '../ui/text.ts'

const files = import.meta.glob<{ default: object }>('../../resources/locales/window/*.json', { eager: true })

function windowWords(language: Language): object {
  return Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => path.endsWith(`.${language}.json`))
      .map(([path, file]) => [path.replace(/^.*\//, '').replace(`.${language}.json`, ''), file.default]),
  )
}

/** The language to show: the person's choice, or the system's when we speak it, else English. */
export function chooseLanguage(setting: SettingEntry | undefined, systemLanguages: readonly string[]): Language {
  if (setting?.value === 'en' || setting?.value === 'de') return setting.value
  return systemLanguages[0]?.toLowerCase().startsWith('de') === true ? 'de' : 'en'
}

/** The translator of a language over all files. */
export function loadWords(language: Language): Translate {
  return createTranslate(language, {
    en: { ...english, ...windowWords('en') },
    de: { ...german, ...windowWords('de') },
  })
}
