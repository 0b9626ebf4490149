// The files of a view, as many as there are.
import { type ReactNode, type RefObject, useCallback } from 'react'
import { windowFiles } from '../../../state/library/libraryFiles.ts'
import { useSotto } from '../../../state/store.ts'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { useTranslate } from '../../../ui/text.ts'
import { FileRow } from './FileRow.tsx'
import styles from './LibraryFiles.module.css'
import { WindowedRows } from './WindowedRows.tsx'

const rowHeight = 53

/** Loads the windows in sight. */
export function LibraryFiles({ scroller }: { readonly scroller: RefObject<HTMLElement | null> }): ReactNode {
  const translate = useTranslate()
  const { total, windows, failure } = useSotto((state) => state.fileList)
  const lookAtFiles = useSotto((state) => state.lookAtFiles)
  const look = useCallback(
    (first: number, last: number) => void lookAtFiles(Math.floor(first / windowFiles), Math.floor(last / windowFiles)),
    [lookAtFiles],
  )
  if (failure !== null) return <FailureNote failure={failure} />
  if (total === null) return null
  if (total === 0) return <p className={styles.nothing}>{translate('library.none')}</p>
  return (
    <WindowedRows
      label={translate('library.list')}
      count={total}
      rowHeight={rowHeight}
      scroller={scroller}
      onSight={look}
      row={(index) => {
        const file = windows[Math.floor(index / windowFiles)]?.[index % windowFiles]
        return file === undefined ? <div className={styles.coming} /> : <FileRow file={file} />
      }}
    />
  )
}
