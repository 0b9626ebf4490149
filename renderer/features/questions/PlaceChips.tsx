// Where something stands, as chips that open the document there.
import type { Locator } from '#contract/document.ts'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useSotto } from '../../state/store.ts'
import { chipsOf } from '../../ui/locatorChips.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './PlaceChips.module.css'

type PlaceChipsProps = {
  readonly documentId: string
  /** Named where several documents are asked; null where it is plain which one is meant. */
  readonly documentName: string | null
  readonly locators: readonly Locator[]
  /** The words to mark there. */
  readonly text: string
}

/** One chip per page, line or paragraph. */
export function PlaceChips({ documentId, documentName, locators, text }: PlaceChipsProps): ReactNode {
  const translate = useTranslate()
  const openPlace = useSotto((state) => state.openPlace)
  return chipsOf(locators).map((chip) => {
    const place = translate(`documents.chip.${chip.key}`, chip.values)
    const label =
      documentName === null
        ? translate('questions.answer.show', { place })
        : translate('questions.answer.showIn', { place, name: documentName })
    return (
      <Button
        key={place}
        className={styles.chip ?? ''}
        aria-label={label}
        onPress={() => openPlace(documentId, chip.locators, text)}
      >
        {place}
      </Button>
    )
  })
}
