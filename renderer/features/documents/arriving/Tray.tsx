// What is going on below the page: documents coming in, and a removal that can still be undone.
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Arrival } from '../../../state/documents/arrivals.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatBytes, formatCount } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { type Language, type Translate, useLanguage, useTranslate } from '../../../ui/text.ts'
import { failureValues } from '../../../../preload/failureValues.ts'
import { nameOf } from '../documentWords.ts'
import { asksForPassword } from './asksForPassword.ts'
import { PasswordForm } from './PasswordForm.tsx'
import styles from './Tray.module.css'

function stateWords({ state, unit, done, total }: Arrival, translate: Translate, language: Language): string {
  const number = (value: number) => (unit === 'byte' ? formatBytes(value, language) : formatCount(value, language))
  const counted = state === 'reading' && unit !== null && total > 0
  return translate(`documents.tray.${state}${counted ? unit : ''}`, { done: number(done), total: number(total) })
}

function Problem({ arrival }: { readonly arrival: Arrival }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const unlockArrival = useSotto((state) => state.unlockArrival)
  const { failure } = arrival
  if (failure === null) return null
  const values = failureValues(failure, language)
  const locked = asksForPassword(failure.code)
  return (
    <li className={styles.problem} data-failure={failure.code}>
      <CircleAlert aria-hidden />
      <span>
        {translate(`failures.${failure.code}.message`, values)}{' '}
        <span className={styles.next}>
          {failure.code === 'document-encrypted'
            ? translate('library.password.text')
            : translate(`failures.${failure.code}.nextStep`, values)}
        </span>
        {locked && (
          <PasswordForm name={arrival.name} onGiven={(password) => void unlockArrival(arrival.id, password)} />
        )}
      </span>
    </li>
  )
}

function Arriving({
  arrivals,
  current,
}: {
  readonly arrivals: readonly Arrival[]
  readonly current: Arrival
}): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const stopArrivals = useSotto((state) => state.stopArrivals)
  const ended = arrivals.filter(({ state }) => state === 'added' || state === 'failed').length
  const many = arrivals.length > 1
  const title = many
    ? translate('documents.tray.many', {
        done: formatCount(ended + 1, language),
        total: formatCount(arrivals.length, language),
      })
    : translate('documents.tray.one', { name: current.name })
  const part = current.total === 0 ? 0 : current.done / current.total
  return (
    <div className={styles.arriving}>
      <div className={styles.bar}>
        <ProgressBar
          value={many ? (ended + part) / arrivals.length : current.total === 0 ? null : part}
          label={title}
        />
        <p className={styles.current}>
          {many && <span className={styles.currentName}>{current.name}</span>}
          <span>{stateWords(current, translate, language)}</span>
        </p>
      </div>
      <Button size="small" onPress={stopArrivals}>
        {translate('documents.tray.stop')}
      </Button>
    </div>
  )
}

function Arrivals(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const arrivals = useSotto((state) => state.arrivals)
  const dismissArrivals = useSotto((state) => state.dismissArrivals)
  if (arrivals.length === 0) return null
  const failed = arrivals.filter(({ state }) => state === 'failed')
  const current =
    arrivals.find(({ state }) => state === 'sending' || state === 'reading') ??
    arrivals.find(({ state }) => state === 'waiting')
  return (
    <section aria-label={translate('documents.tray.label')} className={styles.strip}>
      {current !== undefined && <Arriving arrivals={arrivals} current={current} />}
      {failed.length > 0 && (
        <div className={styles.failed}>
          <p className={styles.failedTitle} role="status">
            {translate('documents.tray.failed', { count: failed.length, amount: formatCount(failed.length, language) })}
          </p>
          <Button size="small" tone="quiet" onPress={dismissArrivals}>
            {translate('documents.tray.dismiss')}
          </Button>
        </div>
      )}
      {failed.length > 0 && (
        <ul className={styles.problems}>
          {failed.map((arrival) => (
            <Problem key={arrival.id} arrival={arrival} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Removal(): ReactNode {
  const translate = useTranslate()
  const removal = useSotto((state) => state.removal)
  const undoRemoval = useSotto((state) => state.undoRemoval)
  if (removal === null) return null
  return (
    <section className={styles.strip} role="status">
      <div className={styles.failed}>
        <p>
          {translate('documents.tray.removed', { name: nameOf(removal) })}{' '}
          <span className={styles.next}>{translate('documents.tray.removedWhat')}</span>
        </p>
        <Button size="small" onPress={undoRemoval}>
          {translate('documents.tray.undo')}
        </Button>
      </div>
    </section>
  )
}

function LibraryRemoval(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const removal = useSotto((state) => state.libraryRemoval)
  const undoLibraryRemoval = useSotto((state) => state.undoLibraryRemoval)
  if (removal === null) return null
  const { name, files, excluded, target } = removal
  const what = excluded ? 'excluded' : 'folderId' in target ? 'folder' : 'file'
  return (
    <section className={styles.strip} role="status">
      <div className={styles.failed}>
        <p>
          {translate(`library.removal.${what}`, { name, count: files, amount: formatCount(files, language) })}{' '}
          <span className={styles.next}>{translate(`library.removal.${what}What`)}</span>
        </p>
        <Button size="small" onPress={undoLibraryRemoval}>
          {translate('documents.tray.undo')}
        </Button>
      </div>
    </section>
  )
}

/** Nothing, unless something comes in or goes. */
export function Tray(): ReactNode {
  return (
    <div className={styles.tray}>
      <Arrivals />
      <Removal />
      <LibraryRemoval />
    </div>
  )
}
