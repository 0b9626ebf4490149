// The list column: the way to the search, the library's folders, and below them the documents opened last.
import { FolderPlus, Plus, Search } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useSotto } from '../../../state/store.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import column from '../../../ui/listColumn.module.css'
import { useTranslate } from '../../../ui/text.ts'
import { ChosenBar, RecentHead } from './ChosenBar.tsx'
import styles from './DocumentList.module.css'
import { DocumentRows } from './DocumentRows.tsx'
import { LibraryPlaces } from '../library/LibraryPlaces.tsx'

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
  const choosing = useSotto((state) => state.chosenDocuments !== null)
  const chooseDocuments = useSotto((state) => state.chooseDocuments)
  function leaveOnEscape(event: KeyboardEvent): void {
    if (choosing && event.key === 'Escape' && !event.shiftKey) chooseDocuments(null)
  }
  return (
    <nav aria-label={translate('documents.list.label')} className={column.list} onKeyDownCapture={leaveOnEscape}>
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
      <RecentHead />
      <DocumentRows documents={documents} />
      <ChosenBar />
    </nav>
  )
}
