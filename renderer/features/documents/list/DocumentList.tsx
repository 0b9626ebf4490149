// The list column: the way to the search, the library's folders, and below them the documents opened last.
import type { DocumentRecord } from '#contract/document.ts'
import { FolderPlus, Plus, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import { useSotto } from '../../../state/store.ts'
import { formatDay } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import column from '../../../ui/listColumn.module.css'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './DocumentList.module.css'
import { lengthOf, nameOf } from '../documentWords.ts'
import { LibraryPlaces } from '../library/LibraryPlaces.tsx'

const rowHeight = 74

function DocumentRow({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const phase = useSotto((state) => state.summaryRuns[document.id]?.phase)
  return (
    <>
      <span className={styles.title}>{nameOf(document)}</span>
      {document.title !== null && <span className={styles.name}>{document.name}</span>}
      <span className={styles.meta}>
        <span className={styles.length}>
          {phase !== 'working' && `${translate(`documents.format.${document.format}`)} · `}
          {lengthOf(document, translate, language)}
        </span>
        {phase === 'working' ? (
          <span className={styles.running}>{translate('documents.list.running')}</span>
        ) : (
          <span>{formatDay(new Date(document.openedAt), new Date(), language)}</span>
        )}
      </span>
    </>
  )
}

function Rows({ documents }: { readonly documents: readonly DocumentRecord[] }): ReactNode {
  const translate = useTranslate()
  const navigate = useSotto((state) => state.navigate)
  const open = useSotto((state) => state.route.id)
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight, padding: 8, gap: 2 }}>
      <ListBox
        aria-label={translate('documents.list.label')}
        items={documents}
        selectionMode="single"
        selectedKeys={open === null ? [] : [open]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys
          if (key !== undefined) navigate('documents', String(key))
        }}
        className={column.rows ?? ''}
        renderEmptyState={() => <p className={styles.nothing}>{translate('documents.list.nothing')}</p>}
      >
        {(document) => (
          <ListBoxItem id={document.id} textValue={nameOf(document)} className={styles.row ?? ''}>
            <DocumentRow document={document} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  )
}

/** Leads to the search field of the library, and says so. */
function SearchLink(): ReactNode {
  const translate = useTranslate()
  const wishToSearch = useSotto((state) => state.wishToSearch)
  return (
    <Button className={styles.search ?? ''} onPress={wishToSearch}>
      <Search aria-hidden />
      <span>{translate('library.search.open')}</span>
    </Button>
  )
}

/** The library, and every document a person has opened, last opened first. */
export function DocumentList(): ReactNode {
  const translate = useTranslate()
  const documents = useSotto((state) => state.documents)
  const pickDocuments = useSotto((state) => state.pickDocuments)
  const askForFolder = useSotto((state) => state.askForFolder)
  return (
    <nav aria-label={translate('documents.list.label')} className={column.list}>
      <div className={column.head}>
        <SearchLink />
        <IconButton label={translate('library.add.open')} onPress={() => askForFolder()}>
          <FolderPlus aria-hidden />
        </IconButton>
        <IconButton label={translate('documents.list.add')} shortcut="Ctrl+O" onPress={pickDocuments}>
          <Plus aria-hidden />
        </IconButton>
      </div>
      <LibraryPlaces />
      <h2 className={styles.recent}>{translate('documents.list.recent')}</h2>
      <Rows documents={documents} />
    </nav>
  )
}
