// Ctrl/Cmd+F in the documents room: into the search field of the library.
import { useEffect } from 'react'
import { useSotto } from '../../../state/store.ts'

/** Listens while mounted. */
export function useFindKey(): void {
  const wishToSearch = useSotto((state) => state.wishToSearch)
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const command = navigator.platform.startsWith('Mac') ? event.metaKey : event.ctrlKey
      if (!command || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f') return
      event.preventDefault()
      wishToSearch()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [wishToSearch])
}
