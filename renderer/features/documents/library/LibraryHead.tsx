// The head of a view of the library: what it is, how much it holds, and what can be done with it.
import type { LibraryFolder } from '#contract/library.ts'
import { FolderMinus, FolderPlus, Plus, RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { LibraryPlace } from '../../../state/library/libraryPlaces.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { formatCount, formatMoment } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './LibraryHead.module.css'
import { filesIn, filesWords } from './libraryWords.ts'

function FolderFacts({ folder }: { readonly folder: LibraryFolder }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { files, scannedAt } = folder
  const facts = [
    filesWords(filesIn(files), translate, language),
    translate(`library.folder.${folder.state}`),
    scannedAt === null
      ? null
      : translate('library.folder.looked', { when: formatMoment(new Date(scannedAt), language) }),
  ]
  return (
    <>
      <p className={styles.path}>{folder.path}</p>
      <p className={styles.facts}>{facts.filter((fact) => fact !== null).join(' · ')}</p>
      {folder.failure !== null && <FailureNote failure={folder.failure} />}
    </>
  )
}

function AllFacts(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const status = useSotto((state) => state.libraryStatus)
  if (status === null) return null
  const amount = formatCount(status.segments, language)
  return (
    <p className={styles.facts}>
      {filesWords(filesIn(status.files), translate, language)} ·{' '}
      {translate('library.passages', { count: status.segments, amount })}
    </p>
  )
}

function FolderActions({ folder, more }: { readonly folder: LibraryFolder; readonly more: ReactNode }): ReactNode {
  const translate = useTranslate()
  const rereadInLibrary = useSotto((state) => state.rereadInLibrary)
  const removeFromLibrary = useSotto((state) => state.removeFromLibrary)
  const { id, name, files } = folder
  return (
    <div className={styles.actions}>
      {more}
      <IconButton label={translate('library.folder.again')} onPress={() => void rereadInLibrary({ folderId: id })}>
        <RefreshCw aria-hidden />
      </IconButton>
      <IconButton
        label={translate('library.folder.remove')}
        onPress={() => removeFromLibrary({ target: { folderId: id }, name, files: filesIn(files), excluded: false })}
      >
        <FolderMinus aria-hidden />
      </IconButton>
    </div>
  )
}

function AllActions(): ReactNode {
  const translate = useTranslate()
  const askForFolder = useSotto((state) => state.askForFolder)
  const pickDocuments = useSotto((state) => state.pickDocuments)
  return (
    <div className={styles.actions}>
      <Button size="small" icon={<FolderPlus aria-hidden />} onPress={() => askForFolder()}>
        {translate('library.add.open')}
      </Button>
      <Button size="small" icon={<Plus aria-hidden />} onPress={pickDocuments}>
        {translate('documents.empty.pick')}
      </Button>
    </div>
  )
}

type LibraryHeadProps = {
  readonly place: LibraryPlace
  readonly folder: LibraryFolder | undefined
  /** What else can be done with the folder. */
  readonly more: ReactNode
}

/** Name, facts and actions of a view. */
export function LibraryHead({ place, folder, more }: LibraryHeadProps): ReactNode {
  const translate = useTranslate()
  const title = place.kind === 'folder' ? (folder?.name ?? '') : translate(`library.place.${place.kind}`)
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <h1 className={styles.title}>{title}</h1>
        {folder !== undefined && <FolderActions folder={folder} more={more} />}
        {place.kind === 'all' && <AllActions />}
      </div>
      {folder !== undefined && <FolderFacts folder={folder} />}
      {place.kind === 'all' && <AllFacts />}
      {place.kind === 'unread' && <p className={styles.facts}>{translate('library.unread.text')}</p>}
    </header>
  )
}
