// Which theme is on: the person's choice, or the system's.
import { useEffect } from 'react'
import { useSotto } from '../state/store.ts'

/** Keeps `data-theme` on the document in step with the setting and, for "system", with the system. */
export function useTheme(): void {
  const chosen = useSotto((state) => state.settings.theme?.value ?? 'system')
  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const contrast = window.matchMedia('(prefers-contrast: more)')
    function apply(): void {
      const system = contrast.matches ? 'high-contrast' : dark.matches ? 'dark' : 'light'
      document.documentElement.dataset.theme = chosen === 'system' ? system : String(chosen)
    }
    apply()
    dark.addEventListener('change', apply)
    contrast.addEventListener('change', apply)
    return () => {
      dark.removeEventListener('change', apply)
      contrast.removeEventListener('change', apply)
    }
  }, [chosen])
}
