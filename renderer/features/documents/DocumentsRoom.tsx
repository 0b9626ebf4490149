// The documents room: the list, the page of one document with its source, what is coming in; all of it a place to drop.
import { type ReactNode, useEffect } from 'react'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import { DocumentList } from './DocumentList.tsx'
import { DocumentPage } from './DocumentPage.tsx'
import styles from './DocumentsRoom.module.css'
import { NoDocument } from './NoDocument.tsx'
import { Tray } from './Tray.tsx'
import { useIncoming } from './useIncoming.ts'

/** Documents: list, page and source. */
export function DocumentsRoom(): ReactNode {
  const translate = useTranslate()
  const documentId = useSotto((state) => state.route.id)
  const known = useSotto((state) => state.documents.length > 0)
  const connected = useSotto((state) => state.connection === 'open')
  const refreshDocuments = useSotto((state) => state.refreshDocuments)
  const sourceOpen = useSotto((state) => state.source.open && state.route.id !== null)
  const dragging = useIncoming()
  useEffect(() => {
    if (connected) void refreshDocuments()
  }, [connected, refreshDocuments])
  return (
    <div className={styles.room}>
      <div className={styles.body} data-open={documentId !== null || !known} data-source={sourceOpen}>
        {(known || documentId !== null) && <DocumentList />}
        {documentId === null ? <NoDocument /> : <DocumentPage key={documentId} documentId={documentId} />}
      </div>
      <Tray />
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
