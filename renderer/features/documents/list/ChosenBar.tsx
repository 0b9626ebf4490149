// Choosing several documents: how it begins, above the list, and what can be done with them, below it.
import { type ReactNode, useEffect, useRef } from 'react'
import { fewestTogether } from '../../../state/documents/choosing.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format.ts'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './ChosenBar.module.css'

/** The head of the list, with the way into a choice where there are documents enough. */
export function RecentHead(): ReactNode {
  const translate = useTranslate()
  const choosing = useSotto((state) => state.chosenDocuments !== null)
  const enough = useSotto((state) => state.documents.length >= fewestTogether)
  const chooseDocuments = useSotto((state) => state.chooseDocuments)
  const button = useRef<HTMLButtonElement>(null)
  const chose = useRef(false)
  useEffect(() => {
    // Whoever leaves the choice goes on where it began, not at the top of the page.
    if (chose.current && !choosing && window.document.activeElement === window.document.body) button.current?.focus()
    chose.current = choosing
  }, [choosing])
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{translate('documents.list.recent')}</h2>
      {enough && !choosing && (
        <Button
          ref={button}
          size="small"
          tone="quiet"
          aria-label={translate('documents.choose.beginWhy')}
          onPress={() => chooseDocuments([])}
        >
          {translate('documents.choose.begin')}
        </Button>
      )}
    </div>
  )
}

/** Nothing while nobody chooses; Escape leaves the choice. */
export function ChosenBar(): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const count = useSotto(({ chosenDocuments, documents }) =>
    chosenDocuments === null ? null : documents.filter(({ id }) => chosenDocuments.includes(id)).length,
  )
  const chooseDocuments = useSotto((state) => state.chooseDocuments)
  const askForChosen = useSotto((state) => state.askForChosen)
  if (count === null) return null
  return (
    <div role="group" aria-label={translate('documents.choose.beginWhy')} className={styles.bar}>
      <p role="status" className={styles.count}>
        {count === 0
          ? translate('documents.choose.none')
          : translate('documents.choose.count', { count, amount: formatCount(count, language) })}
      </p>
      <div className={styles.actions}>
        <Button size="small" tone="filled" isDisabled={count < fewestTogether} onPress={askForChosen}>
          {translate('documents.choose.together')}
        </Button>
        <Button size="small" tone="quiet" onPress={() => chooseDocuments(null)}>
          {translate('documents.choose.cancel')}
        </Button>
      </div>
    </div>
  )
}
