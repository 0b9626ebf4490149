// The languages Sotto speaks, and which one a locale name means. Zod-free, so the window can import it.

/** Every language with a locale file. */
export const languages = ['en', 'de'] as const

/** One of them. */
export type Language = (typeof languages)[number]

/** The language a locale such as `de_AT.UTF-8` or `en-GB` asks for; English where it is one we do not speak. */
export function languageOf(locale: string | undefined): Language {
  const wanted = (locale ?? '').toLowerCase().split(/[-_.@]/)[0]
  return languages.find((language) => language === wanted) ?? 'en'
}

/** The language the environment asks for, by the rule of every POSIX system. */
export function languageOfEnvironment(environment: Readonly<Record<string, string | undefined>>): Language {
  return languageOf(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'])
}
