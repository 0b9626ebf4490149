// One file of the library: what it is, where it lies, what became of it.
import type { LibraryFile } from '#contract/library.ts'
import { RefreshCw, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { routeOfPlace } from '../../../state/library/libraryPlaces.ts'
import { useSotto } from '../../../state/store.ts'
import { formatBytes, formatDay } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './FileRow.module.css'
import { belowFolder, folderOf } from './libraryWords.ts'

/** What pressing the file leads to: its text, or why there is none; null while there is neither. */
function useOpening({ documentId, state }: LibraryFile): (() => void) | null {
  const navigate = useSotto((one) => one.navigate)
  if (documentId !== null) return () => navigate('documents', documentId)
  return state === 'failed' ? () => navigate('documents', routeOfPlace({ kind: 'unread' })) : null
}

function Name({ file }: { readonly file: LibraryFile }): ReactNode {
  const folders = useSotto((state) => state.libraryFolders)
  const listed = useSotto(({ fileList }) => fileList.filter.folderId)
  const open = useOpening(file)
  const own = listed === null ? undefined : folders.find(({ id }) => id === listed)
  const place = own === undefined ? folderOf(file, folders) : belowFolder(file, own)
  const words = (
    <>
      <span className={styles.name}>{file.name}</span>
      {place !== '' && <span className={styles.folder}>{place}</span>}
    </>
  )
  if (open === null) return <div className={styles.main}>{words}</div>
  return (
    <AriaButton className={styles.main ?? ''} onPress={open}>
      {words}
    </AriaButton>
  )
}

/** Takes a file out of the library, or has it read again. */
export function FileActions({ file }: { readonly file: LibraryFile }): ReactNode {
  const translate = useTranslate()
  const rereadInLibrary = useSotto((state) => state.rereadInLibrary)
  const removeFromLibrary = useSotto((state) => state.removeFromLibrary)
  const { id, name, state, folderId, path } = file
  const again = path !== '' && (state === 'failed' || state === 'excluded')
  const excluded = folderId !== null && state !== 'missing'
  return (
    <span className={styles.actions}>
      {again && (
        <IconButton
          label={translate('library.file.again', { name })}
          onPress={() => void rereadInLibrary({ fileId: id })}
        >
          <RefreshCw aria-hidden />
        </IconButton>
      )}
      {state !== 'excluded' && (
        <IconButton
          label={translate('library.file.remove', { name })}
          onPress={() => removeFromLibrary({ target: { fileId: id }, name, files: 1, excluded })}
        >
          <Trash2 aria-hidden />
        </IconButton>
      )}
    </span>
  )
}

/** A row of the list. */
export function FileRow({ file }: { readonly file: LibraryFile }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const leaving = useSotto(({ libraryRemoval }) => {
    const target = libraryRemoval?.target
    return target !== undefined && ('fileId' in target ? target.fileId === file.id : target.folderId === file.folderId)
  })
  const format = file.format === null ? '' : translate(`documents.format.${file.format}`)
  return (
    <div className={styles.row} data-state={leaving ? 'leaving' : file.state}>
      <Name file={file} />
      <span className={styles.format}>{format === '' ? formatBytes(file.bytes, language) : format}</span>
      <span className={styles.state}>
        {file.state === 'ready' && !leaving
          ? formatDay(new Date(file.modifiedAt), new Date(), language)
          : translate(`library.state.${leaving ? 'leaving' : file.state}`)}
      </span>
      <FileActions file={file} />
    </div>
  )
}
