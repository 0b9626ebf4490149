// Where a passage of an answer stands, as chips that open its document there.
import type { Locator } from '#contract/document.ts'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { PlaceChips } from '../../ui/PlaceChips.tsx'
import { useTranslate } from '../../ui/text.ts'

type PassagePlacesProps = {
  readonly documentId: string
  /** Named where several documents are asked; null where it is plain which one is meant. */
  readonly documentName: string | null
  readonly locators: readonly Locator[]
  /** The words to mark there. */
  readonly text: string
}

/** One chip per page, line or paragraph. */
export function PassagePlaces({ documentId, documentName, locators, text }: PassagePlacesProps): ReactNode {
  const translate = useTranslate()
  const openPlace = useSotto((state) => state.openPlace)
  return (
    <PlaceChips
      locators={locators}
      label={(place) =>
        documentName === null
          ? translate('questions.answer.show', { place })
          : translate('questions.answer.showIn', { place, name: documentName })
      }
      onOpen={(places) => openPlace(documentId, places, text)}
    />
  )
}
