// Files dropped where no room takes them: never opened by the browser in the window's place, but brought to Documents.
import { useEffect } from 'react'
import { useSotto } from '../state/store.ts'

/** While mounted, a drop outside the documents room, or on the first page, goes there with its files; others do nothing. */
export function useStrayDrops(): void {
  const welcomed = useSotto((state) => state.welcomeLeft || state.settings.welcomed?.value === true)
  const leaveWelcome = useSotto((state) => state.leaveWelcome)
  const room = useSotto((state) => state.route.room)
  const navigate = useSotto((state) => state.navigate)
  const addIncoming = useSotto((state) => state.addIncoming)
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    function take(event: DragEvent): void {
      // The documents room hears its own drops.
      if (event.defaultPrevented || (welcomed && room === 'documents')) return event.preventDefault()
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (files.length === 0) return
      if (!welcomed) leaveWelcome()
      navigate('documents')
      void addIncoming(files.map((file) => ({ kind: 'file', name: file.name, content: file })))
    }
    window.addEventListener('dragover', (event) => event.preventDefault(), { signal })
    window.addEventListener('drop', take, { signal })
    return () => listening.abort()
  }, [room, welcomed, leaveWelcome, navigate, addIncoming])
}
