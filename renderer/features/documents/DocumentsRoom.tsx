// The documents room: the list, the page of one document with its source, what is coming in; all of it a place to drop.
import { type ReactNode, useEffect } from 'react'
import { batchOfRoute } from '../../state/batchesSlice.ts'
import { placeOfRoute } from '../../state/library/libraryPlaces.ts'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import { AddFolder } from './library/AddFolder.tsx'
import { DocumentList } from './list/DocumentList.tsx'
import { DocumentPage } from './page/DocumentPage.tsx'
import styles from './DocumentsRoom.module.css'
import type { DocumentViews } from './documentViews.ts'
import { LibraryPage } from './library/LibraryPage.tsx'
import { NoDocument } from './arriving/NoDocument.tsx'
import { Tray } from './arriving/Tray.tsx'
import { useFindKey } from './library/useFindKey.ts'
import { useIncoming } from './arriving/useIncoming.ts'

/** An opened document, a batch, a view of the library, or the place to begin. */
function Page({ views }: { readonly views: DocumentViews }): ReactNode {
  const id = useSotto((state) => state.route.id)
  const hasFolders = useSotto((state) => state.libraryFolders.length > 0)
  const place = placeOfRoute(id)
  const jobId = batchOfRoute(id)
  const BatchOf = views.batch
  if (jobId !== null && BatchOf !== undefined) return <BatchOf key={jobId} jobId={jobId} />
  if (place !== null) return <LibraryPage place={place} views={views} />
  if (id !== null) return <DocumentPage key={id} documentId={id} views={views} />
  return hasFolders ? <LibraryPage place={{ kind: 'all' }} views={views} /> : <NoDocument />
}

/** Documents: list, page and source; `views` is what other features show of a document or of the library. */
export function DocumentsRoom({ views }: { readonly views: DocumentViews }): ReactNode {
  const translate = useTranslate()
  const documentId = useSotto((state) => state.route.id)
  const known = useSotto((state) => state.documents.length > 0 || state.libraryFolders.length > 0)
  const connected = useSotto((state) => state.connection === 'open')
  const refreshDocuments = useSotto((state) => state.refreshDocuments)
  const sourceOpen = useSotto(
    (state) =>
      state.source.open &&
      state.route.id !== null &&
      placeOfRoute(state.route.id) === null &&
      batchOfRoute(state.route.id) === null,
  )
  const dragging = useIncoming()
  useFindKey()
  useEffect(() => {
    if (connected) void refreshDocuments()
  }, [connected, refreshDocuments])
  return (
    <div className={styles.room}>
      <div className={styles.body} data-open={documentId !== null || !known} data-source={sourceOpen}>
        {(known || documentId !== null) && <DocumentList />}
        <Page views={views} />
      </div>
      <Tray />
      <AddFolder />
      {dragging && (
        <div className={styles.drop}>
          <div className={styles.dropInside}>
            <p className={styles.dropTitle}>{translate('documents.drop.title')}</p>
            <p>{translate('documents.drop.text')}</p>
          </div>
        </div>
      )}
    </div>
  )
}
