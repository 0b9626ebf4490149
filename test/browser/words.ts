// The window's own words, so that tests find controls by what a person reads, whatever it says this week.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createInstance } from 'i18next'

const locales = path.resolve(import.meta.dirname, '../../resources/locales')

/** Says a key of the locale files in a language. */
export type Words = (key: string, values?: Readonly<Record<string, unknown>>) => string

/** Reads every locale file of a language; an unknown key throws. */
export function wordsOf(language: 'en' | 'de'): Words {
  const window = path.join(locales, 'window')
  const rooms: Record<string, object> = {}
  for (const name of readdirSync(window)) {
    const [room, spoken] = name.split('.')
    if (room !== undefined && spoken === language) rooms[room] = read(path.join(window, name))
  }
  const shared = read(path.join(locales, `${language}.json`))
  const instance = createInstance()
  void instance.init({
    lng: language,
    resources: { [language]: { translation: { ...shared, ...rooms } } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return (key, values = {}) => {
    if (!instance.exists(key, values)) throw new Error(`there is no word for ${key}`)
    return instance.t(key, values)
  }
}

function read(file: string): Record<string, object> {
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, object> // as: our own file
}
