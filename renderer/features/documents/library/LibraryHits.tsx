// What a search found: files that are called so, and passages with the words marked; a passage opens where it stands.
import type { LibraryFile, LibraryHit } from '#contract/library.ts'
import type { ReactNode } from 'react'
import { Button as AriaButton, ListBox, ListBoxItem } from 'react-aria-components'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { formatCount } from '../../../ui/format.ts'
import { Marked } from '../../../ui/Marked.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './LibraryHits.module.css'
import { folderOf } from './libraryWords.ts'
import { chipsOf } from '../../../ui/locatorChips.ts'

function Hit({ hit }: { readonly hit: LibraryHit }): ReactNode {
  const translate = useTranslate()
  const folders = useSotto((state) => state.libraryFolders)
  const [chip] = chipsOf([hit.locator])
  const [file] = hit.files
  const folder = file === undefined ? '' : folderOf(file, folders)
  const facts = [folder, translate(`documents.format.${hit.format}`)].filter((fact) => fact !== '')
  return (
    <>
      <span className={styles.head}>
        <span className={styles.name}>{hit.name}</span>
        {chip !== undefined && (
          <span className={styles.place}>{translate(`documents.chip.${chip.key}`, chip.values)}</span>
        )}
      </span>
      <span className={styles.snippet}>
        <Marked {...hit.snippet} />
      </span>
      <span className={styles.facts}>
        {facts.join(' · ')}
        {hit.files.length > 0 && hit.files.every(({ state }) => state === 'missing') && (
          <span className={styles.missing}> · {translate('library.state.missing')}</span>
        )}
      </span>
    </>
  )
}

function Named({ files }: { readonly files: readonly LibraryFile[] }): ReactNode {
  const translate = useTranslate()
  const folders = useSotto((state) => state.libraryFolders)
  const navigate = useSotto((state) => state.navigate)
  const known = files.filter(({ documentId }) => documentId !== null)
  if (known.length === 0) return null
  return (
    <section aria-label={translate('library.search.named')} className={styles.named}>
      <h2 className={styles.group}>{translate('library.search.named')}</h2>
      {known.map((file) => (
        <AriaButton key={file.id} className={styles.file ?? ''} onPress={() => navigate('documents', file.documentId)}>
          <span className={styles.name}>{file.name}</span>
          <span className={styles.facts}>{folderOf(file, folders)}</span>
        </AriaButton>
      ))}
    </section>
  )
}

/** Nothing before the first answer. */
export function LibraryHits(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { hits, named, cursor, failure, query } = useSotto((state) => state.librarySearch)
  const openLibraryHit = useSotto((state) => state.openLibraryHit)
  const moreHits = useSotto((state) => state.moreHits)
  if (hits === null) return null
  const count = hits.length
  const more = cursor !== null
  return (
    <div className={styles.hits}>
      {failure !== null && <FailureNote failure={failure} />}
      <Named files={named} />
      <p role="status" className={styles.group}>
        {count === 0
          ? translate('library.search.nothing', { query })
          : translate(more ? 'library.search.first' : 'library.search.found', {
              count,
              amount: formatCount(count, language),
            })}
      </p>
      {count > 0 && (
        <ListBox
          aria-label={translate('library.search.hits')}
          items={hits.map((hit) => ({ id: `${hit.documentId}/${hit.position}`, hit }))}
          onAction={(id) => {
            const hit = hits.find(({ documentId, position }) => id === `${documentId}/${position}`)
            if (hit !== undefined) openLibraryHit(hit)
          }}
          className={styles.list ?? ''}
        >
          {({ id, hit }) => (
            <ListBoxItem id={id} textValue={hit.name} className={styles.hit ?? ''}>
              <Hit hit={hit} />
            </ListBoxItem>
          )}
        </ListBox>
      )}
      {more && (
        <div>
          <Button size="small" onPress={() => void moreHits()}>
            {translate('library.search.more')}
          </Button>
        </div>
      )}
    </div>
  )
}
