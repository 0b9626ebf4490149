// The head of a document's page: its name, what it is, and what can be done with it.
import type { DocumentRecord } from '#contract/document.ts'
import { ChevronLeft, MessageCircle, PanelRight, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { routeOfPlace } from '../../../state/library/libraryPlaces.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatBytes, formatDay } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './DocumentHeader.module.css'
import { lengthOf, nameOf } from '../documentWords.ts'

function Facts({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const facts = [
    document.title === null ? null : document.name,
    translate(`documents.format.${document.format}`),
    lengthOf(document, translate, language),
    formatBytes(document.bytes, language),
    translate('documents.page.added', { day: formatDay(new Date(document.addedAt), new Date(), language) }),
  ]
  return <p className={styles.facts}>{facts.filter((fact) => fact !== null).join(' · ')}</p>
}

function Actions({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const startConversationAbout = useSotto((state) => state.startConversationAbout)
  const removeDocument = useSotto((state) => state.removeDocument)
  const openSource = useSotto((state) => state.openSource)
  const open = useSotto((state) => state.source.open)
  return (
    <div className={styles.actions}>
      <Button
        size="small"
        icon={<MessageCircle aria-hidden />}
        onPress={() => void startConversationAbout(document.id)}
      >
        {translate('documents.page.ask')}
      </Button>
      <Button size="small" icon={<PanelRight aria-hidden />} aria-expanded={open} onPress={() => openSource(!open)}>
        {translate(open ? 'documents.page.hideSource' : 'documents.page.source')}
      </Button>
      <IconButton label={translate('documents.page.remove')} onPress={() => removeDocument(document.id)}>
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  )
}

/** Name, facts and actions. */
export function DocumentHeader({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const searching = useSotto((state) => state.librarySearch.query.trim() !== '')
  const folderId = useSotto((state) => state.librarySearch.folderId)
  const found = routeOfPlace(folderId === null ? { kind: 'all' } : { kind: 'folder', folderId })
  return (
    <header className={styles.header}>
      <div className={styles.back} data-searching={searching}>
        <Button
          size="small"
          tone="quiet"
          icon={<ChevronLeft aria-hidden />}
          onPress={() => navigate('documents', searching ? found : null)}
        >
          {translate(searching ? 'library.search.back' : 'documents.list.all')}
        </Button>
      </div>
      <h1 className={styles.title}>{nameOf(document)}</h1>
      <Facts document={document} />
      <Actions document={document} />
    </header>
  )
}
