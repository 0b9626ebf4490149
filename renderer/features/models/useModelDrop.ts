// Model files dropped on the room are linked where they are; a window that knows no paths says what to do instead.
import { useEffect, useState } from 'react'
import { useSotto } from '../../state/store.ts'

/** True while something is dragged over the room. Files that are no models go on to Documents as everywhere else. */
export function useModelDrop(): boolean {
  const importModel = useSotto((state) => state.importModel)
  const navigate = useSotto((state) => state.navigate)
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    const listening = new AbortController() // ends with the room
    const { signal } = listening
    function take(event: DragEvent): void {
      setDragging(false)
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => name.toLowerCase().endsWith('.gguf'))
      if (file === undefined) return
      event.preventDefault()
      const path = window.sotto.pathOf?.(file) ?? ''
      // The form says why a path is needed, and has the focus.
      if (path === '') navigate('models', 'import')
      else void importModel(path)
    }
    const enters = (event: DragEvent) => setDragging(event.dataTransfer?.types.includes('Files') === true)
    // Heard on the way down, before the window brings every drop to Documents.
    window.addEventListener('drop', take, { signal, capture: true })
    window.addEventListener('dragenter', enters, { signal })
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setDragging(false), { signal })
    return () => listening.abort()
  }, [importModel, navigate])
  return dragging
}
