// What could not be read and why: each file with its sentence and what can be done, and what the folders passed by.
import type { LibraryFile } from '#contract/library.ts'
import { type ReactNode, type RefObject, useCallback, useEffect } from 'react'
import { failureValues } from '../../../../preload/failureValues.ts'
import { windowFiles } from '../../../state/library/libraryFiles.ts'
import { useSotto } from '../../../state/store.ts'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import { FileActions } from './FileRow.tsx'
import { folderOf } from './libraryWords.ts'
import { PassedBy } from './PassedBy.tsx'
import { asksForPassword } from '../arriving/asksForPassword.ts'
import { PasswordForm } from '../arriving/PasswordForm.tsx'
import styles from './UnreadFiles.module.css'
import { WindowedRows } from './WindowedRows.tsx'

const rowHeight = 96
const failedFiles = { folderId: null, format: null, state: 'failed' } as const

function Unread({ file }: { readonly file: LibraryFile }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const folders = useSotto((state) => state.libraryFolders)
  const addIncoming = useSotto((state) => state.addIncoming)
  const reloadFiles = useSotto((state) => state.reloadFiles)
  const { failure, name, path } = file
  async function unlock(password: string): Promise<void> {
    await addIncoming([{ kind: 'path', name, path, password }])
    await reloadFiles()
  }
  return (
    <div className={styles.file} data-failure={failure?.code}>
      <div className={styles.words}>
        <p className={styles.name}>{name}</p>
        <p className={styles.folder}>{folderOf(file, folders)}</p>
        {failure !== null && (
          <p>
            {translate(`failures.${failure.code}.message`, failureValues(failure, language))}{' '}
            <span className={styles.next}>
              {failure.code === 'document-encrypted' && path !== ''
                ? translate('library.password.text')
                : translate(`failures.${failure.code}.nextStep`, failureValues(failure, language))}
            </span>
          </p>
        )}
        {path !== '' && asksForPassword(failure?.code) && (
          <PasswordForm name={name} onGiven={(word) => void unlock(word)} />
        )}
      </div>
      <FileActions file={file} />
    </div>
  )
}

/** The quiet view behind "Not read". */
export function UnreadFiles({ scroller }: { readonly scroller: RefObject<HTMLElement | null> }): ReactNode {
  const translate = useTranslate()
  const folders = useSotto((state) => state.libraryFolders)
  const connected = useSotto((state) => state.connection === 'open')
  const listFiles = useSotto((state) => state.listFiles)
  const lookAtFiles = useSotto((state) => state.lookAtFiles)
  const { total, windows, filter } = useSotto((state) => state.fileList)
  useEffect(() => {
    if (connected) void listFiles(failedFiles)
  }, [connected, listFiles])
  const look = useCallback(
    (first: number, last: number) => void lookAtFiles(Math.floor(first / windowFiles), Math.floor(last / windowFiles)),
    [lookAtFiles],
  )
  if (total === null || filter !== failedFiles) return null
  return (
    <>
      {total === 0 ? (
        <p className={styles.nothing}>{translate('library.unread.none')}</p>
      ) : (
        <WindowedRows
          label={translate('library.unread.label')}
          count={total}
          rowHeight={rowHeight}
          scroller={scroller}
          onSight={look}
          row={(index) => {
            const file = windows[Math.floor(index / windowFiles)]?.[index % windowFiles]
            return file === undefined ? <div className={styles.coming} /> : <Unread file={file} />
          }}
        />
      )}
      <PassedBy folders={folders} />
    </>
  )
}
