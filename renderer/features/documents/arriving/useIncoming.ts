// Files dropped anywhere in the window, and files or text pasted, while the room is shown.
import { useEffect, useState } from 'react'
import { type Incoming, textAsFile } from '../../../state/documents/incoming.ts'
import { useSotto } from '../../../state/store.ts'
import { useTranslate } from '../../../ui/text.ts'

/** What a drop or a paste holds; folders are told apart, because a browser gives them as unreadable files. */
function incomingOf(transfer: DataTransfer): readonly Incoming[] {
  return [...transfer.items].flatMap((item): readonly Incoming[] => {
    if (item.kind !== 'file') return []
    const entry = item.webkitGetAsEntry()
    if (entry?.isDirectory === true) return [{ kind: 'folder', name: entry.name }]
    const file = item.getAsFile()
    return file === null ? [] : [{ kind: 'file', name: file.name, content: file }]
  })
}

/** Folders of a drop; only Electron knows their paths, elsewhere they are empty. */
function foldersOf(transfer: DataTransfer): readonly { readonly name: string; readonly path: string }[] {
  return [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    if (entry?.isDirectory !== true) return []
    const file = item.getAsFile()
    return [{ name: entry.name, path: file === null ? '' : (window.sotto.pathOf?.(file) ?? '') }]
  })
}

function isEditable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA)$/.test(target.tagName))
}

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}

/** Listens while mounted; true while files are being dragged over the window. */
export function useIncoming(): boolean {
  const translate = useTranslate()
  const addIncoming = useSotto((state) => state.addIncoming)
  const addToLibrary = useSotto((state) => state.addToLibrary)
  const askForFolder = useSotto((state) => state.askForFolder)
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    const left = new AbortController() // aborted below
    function over(event: DragEvent): void {
      if (!holdsFiles(event)) return
      event.preventDefault()
      setDragging(true)
    }
    function leave(event: DragEvent): void {
      // Only leaving the window itself has nothing to go to.
      if (event.relatedTarget === null) setDragging(false)
    }
    function drop(event: DragEvent): void {
      setDragging(false)
      if (!holdsFiles(event) || event.dataTransfer === null) return
      event.preventDefault()
      const [folder] = foldersOf(event.dataTransfer)
      const files = incomingOf(event.dataTransfer).filter(({ kind }) => kind !== 'folder')
      if (files.length > 0) void addIncoming(files)
      if (folder === undefined) return
      if (folder.path === '') askForFolder(folder.name)
      else void addToLibrary(folder.path)
    }
    function paste(event: ClipboardEvent): void {
      if (event.clipboardData === null || isEditable(event.target)) return
      const files = incomingOf(event.clipboardData)
      const text = event.clipboardData.getData('text/plain')
      if (files.length > 0) void addIncoming(files)
      else if (text.trim() !== '') void addIncoming([textAsFile(translate('documents.pasted'), text)])
    }
    const { signal } = left
    window.addEventListener('dragenter', over, { signal })
    window.addEventListener('dragover', over, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('drop', drop, { signal })
    window.addEventListener('paste', paste, { signal })
    return () => left.abort()
  }, [addIncoming, addToLibrary, askForFolder, translate])
  return dragging
}
