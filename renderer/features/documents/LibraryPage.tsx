// The library in the page: a folder or all of it, searched or listed, with what is being read and what could not be.
import type { DocumentFormat } from '#contract/document.ts'
import type { LibraryFileState, LibraryFolder } from '#contract/library.ts'
import { ChevronLeft } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import type { LibraryPlace } from '../../state/library/libraryPlaces.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { useTranslate } from '../../ui/text.ts'
import { IndexingLine } from './IndexingLine.tsx'
import { LibraryFiles } from './LibraryFiles.tsx'
import { LibraryHead } from './LibraryHead.tsx'
import { LibraryHits } from './LibraryHits.tsx'
import styles from './LibraryPage.module.css'
import { LibrarySearchBar } from './LibrarySearchBar.tsx'
import { PassedBy } from './PassedBy.tsx'
import { UnreadFiles } from './UnreadFiles.tsx'

type ListedProps = {
  readonly folderId: string | null
  readonly format: DocumentFormat | null
  readonly state: LibraryFileState | null
  readonly scroller: RefObject<HTMLElement | null>
}

function Listed({ folderId, format, state, scroller }: ListedProps): ReactNode {
  const listFiles = useSotto((one) => one.listFiles)
  const connected = useSotto((one) => one.connection === 'open')
  useEffect(() => {
    if (connected) void listFiles({ folderId, format, state })
  }, [connected, listFiles, folderId, format, state])
  return <LibraryFiles scroller={scroller} />
}

function Back(): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  return (
    <div className={styles.back}>
      <Button size="small" tone="quiet" icon={<ChevronLeft aria-hidden />} onPress={() => navigate('documents')}>
        {translate('documents.list.all')}
      </Button>
    </div>
  )
}

type SearchedProps = { readonly folder: LibraryFolder | undefined; readonly scroller: RefObject<HTMLElement | null> }

function Searched({ folder, scroller }: SearchedProps): ReactNode {
  const searchLibrary = useSotto((state) => state.searchLibrary)
  const searching = useSotto((state) => state.librarySearch.query.trim() !== '')
  const format = useSotto((state) => state.librarySearch.format)
  const [state, setState] = useState<LibraryFileState | null>(null)
  const folderId = folder?.id ?? null
  useEffect(() => searchLibrary({ folderId }), [folderId, searchLibrary])
  return (
    <>
      <LibrarySearchBar folder={folder} state={state} onState={setState} />
      <IndexingLine />
      {searching ? (
        <LibraryHits />
      ) : (
        <>
          <Listed folderId={folderId} format={format} state={state} scroller={scroller} />
          {folder !== undefined && <PassedBy folders={[folder]} />}
        </>
      )}
    </>
  )
}

/** One view of the library. */
export function LibraryPage({ place }: { readonly place: LibraryPlace }): ReactNode {
  const scroller = useRef<HTMLElement>(null)
  const folderId = place.kind === 'folder' ? place.folderId : null
  const folder = useSotto((state) => state.libraryFolders.find(({ id }) => id === folderId))
  const failure = useSotto((state) => state.libraryFailure)
  return (
    <section ref={scroller} className={styles.page}>
      <div className={styles.column}>
        <Back />
        <LibraryHead place={place} folder={folder} />
        {failure !== null && <FailureNote failure={failure} />}
        {place.kind === 'unread' ? (
          <UnreadFiles scroller={scroller} />
        ) : (
          <Searched key={folderId} folder={folder} scroller={scroller} />
        )}
      </div>
    </section>
  )
}
