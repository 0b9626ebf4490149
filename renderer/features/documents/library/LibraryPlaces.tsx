// The library in the list column: all files, each folder with its number of files, and what could not be read.
import { CircleAlert, Files, Folder, FolderX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { type LibraryPlace, placeOfRoute, routeOfPlace } from '../../../state/library/libraryPlaces.ts'
import { useSotto } from '../../../state/store.ts'
import { formatCount } from '../../../ui/format.ts'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './LibraryPlaces.module.css'
import { filesIn, readingShare } from './libraryWords.ts'

type PlaceProps = {
  readonly place: LibraryPlace
  readonly name: string
  readonly count: number
  readonly icon: ReactNode
}

function Place({ place, name, count, icon }: PlaceProps): ReactNode {
  const language = useLanguage()
  const navigate = useSotto((state) => state.navigate)
  const id = routeOfPlace(place)
  const here = useSotto(({ route }) => {
    const shown = route.id === null ? 'library' : route.id
    return placeOfRoute(shown) !== null && shown === id
  })
  return (
    <Button
      className={styles.place ?? ''}
      {...(here ? { 'aria-current': 'page' as const } : {})}
      onPress={() => navigate('documents', id)}
    >
      {icon}
      <span className={styles.name}>{name}</span>
      <span className={styles.count}>{formatCount(count, language)}</span>
    </Button>
  )
}

function Reading(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const status = useSotto((state) => state.libraryStatus)
  if (status === null || status.state === 'idle') return null
  const { done, total } = readingShare(status.files)
  if (done === total && status.state !== 'scanning') return null
  const counted = { done: formatCount(done, language), total: formatCount(total, language) }
  return <p className={styles.reading}>{translate(`library.reading.${status.state}Short`, counted)}</p>
}

/** Nothing before the library is known or while nothing is in it. */
export function LibraryPlaces(): ReactNode {
  const translate = useTranslate()
  const folders = useSotto((state) => state.libraryFolders)
  const counts = useSotto((state) => state.libraryStatus?.files)
  if (counts === undefined || filesIn(counts) + folders.length === 0) return null
  return (
    <div className={styles.places}>
      <Place
        place={{ kind: 'all' }}
        name={translate('library.place.all')}
        count={filesIn(counts)}
        icon={<Files aria-hidden />}
      />
      {folders.map(({ id, name, files, state }) => (
        <Place
          key={id}
          place={{ kind: 'folder', folderId: id }}
          name={name}
          count={filesIn(files)}
          icon={state === 'unreachable' ? <FolderX aria-hidden /> : <Folder aria-hidden />}
        />
      ))}
      {counts.failed > 0 && (
        <Place
          place={{ kind: 'unread' }}
          name={translate('library.place.unread')}
          count={counts.failed}
          icon={<CircleAlert aria-hidden />}
        />
      )}
      <Reading />
    </div>
  )
}
