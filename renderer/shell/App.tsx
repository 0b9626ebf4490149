// Theme, language and store around the shell; loads what every room needs once.
import { type ReactNode, useEffect, useMemo } from 'react'
import { I18nProvider } from 'react-aria-components'
import { useSotto } from '../state/store.ts'
import { TextContext } from '../ui/text.ts'
import { Shell } from './Shell.tsx'
import { useTheme } from './theme.ts'
import { chooseLanguage, loadWords } from './words.ts'

/** The app inside its store. */
export function App(): ReactNode {
  const setting = useSotto((state) => state.settings.language)
  const start = useSotto((state) => state.start)
  const language = chooseLanguage(setting, navigator.languages)
  const text = useMemo(() => ({ language, translate: loadWords(language) }), [language])
  useTheme()
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  useEffect(() => {
    void start()
  }, [start])
  return (
    <I18nProvider locale={language}>
      <TextContext value={text}>
        <Shell />
      </TextContext>
    </I18nProvider>
  )
}
