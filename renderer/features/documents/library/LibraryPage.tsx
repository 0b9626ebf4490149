// The library in the page: a folder or all of it, searched or listed, with what is being read and what could not be.
import type { DocumentFormat } from '#contract/document.ts'
import type { LibraryFileState, LibraryFolder } from '#contract/library.ts'
import { ChevronLeft } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { type LibraryPlace, routeOfPlace } from '../../../state/library/libraryPlaces.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { useTranslate } from '../../../ui/text.ts'
import type { DocumentViews } from '../documentViews.ts'
import { IndexingLine } from './IndexingLine.tsx'
import { LibraryFiles } from './LibraryFiles.tsx'
import { LibraryHead } from './LibraryHead.tsx'
import { LibraryHits } from './LibraryHits.tsx'
import styles from './LibraryPage.module.css'
import { LibrarySearchBar } from './LibrarySearchBar.tsx'
import { PassedBy } from './PassedBy.tsx'
import { UnreadFiles } from './UnreadFiles.tsx'
import { ViewTabs } from '../ViewTabs.tsx'

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

type LibraryPageProps = { readonly place: LibraryPlace; readonly views: DocumentViews }

/** One view of the library: what is in it, or questions to it. */
export function LibraryPage({ place, views }: LibraryPageProps): ReactNode {
  const scroller = useRef<HTMLElement>(null)
  const folderId = place.kind === 'folder' ? place.folderId : null
  const folder = useSotto((state) => state.libraryFolders.find(({ id }) => id === folderId))
  const failure = useSotto((state) => state.libraryFailure)
  const asking = useSotto((state) => state.route.view === 'ask')
  const Ask = views.askLibrary
  const More = views.folderActions
  return (
    <section ref={scroller} className={styles.page}>
      <div className={styles.column}>
        <Back />
        <LibraryHead
          place={place}
          folder={folder}
          more={folder !== undefined && More !== undefined && <More folder={folder} />}
        />
        {failure !== null && <FailureNote failure={failure} />}
        {place.kind === 'unread' ? (
          <UnreadFiles scroller={scroller} />
        ) : (
          <ViewTabs id={routeOfPlace(place)} first="files" others={Ask === undefined ? [] : ['ask']}>
            {asking && Ask !== undefined ? (
              <Ask key={folderId} folderId={folderId} />
            ) : (
              <Searched key={folderId} folder={folder} scroller={scroller} />
            )}
          </ViewTabs>
        )}
      </div>
    </section>
  )
}
