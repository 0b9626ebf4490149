// What a folder's scan passed by, and folders inside that could not be opened: counted, with examples on demand.
import type { LibraryFolder } from '#contract/library.ts'
import type { ReactNode } from 'react'
import { formatCount } from '../../../ui/format.ts'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './PassedBy.module.css'

function OfFolder({ folder }: { readonly folder: LibraryFolder }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { name, ignored, closed } = folder
  if (ignored.length === 0 && closed.length === 0) return null
  const count = ignored.reduce((sum, one) => sum + one.count, 0) + closed.length
  return (
    <details className={styles.folder}>
      <summary className={styles.summary}>
        {translate('library.passed.title', { name, count, amount: formatCount(count, language) })}
      </summary>
      <dl className={styles.reasons}>
        {closed.length > 0 && (
          <div>
            <dt>{translate('library.passed.closed')}</dt>
            {closed.map((place) => (
              <dd key={place}>{place}</dd>
            ))}
          </div>
        )}
        {ignored.map(({ reason, count: number, examples }) => (
          <div key={reason}>
            <dt>
              {translate(`library.passed.${reason}`)} · {formatCount(number, language)}
            </dt>
            {examples.map((place) => (
              <dd key={place}>{place}</dd>
            ))}
            {number > examples.length && <dd>…</dd>}
          </div>
        ))}
      </dl>
    </details>
  )
}

/** One line per folder that passed anything by. */
export function PassedBy({ folders }: { readonly folders: readonly LibraryFolder[] }): ReactNode {
  return folders.map((folder) => <OfFolder key={folder.id} folder={folder} />)
}
