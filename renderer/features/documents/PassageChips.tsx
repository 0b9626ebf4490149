// Where a sentence of this document comes from: chips that point at the passage in the source and lead to it.
import type { Locator } from '#contract/document.ts'
import type { ReactNode } from 'react'
import { useSotto } from '../../state/store.ts'
import { PlaceChips } from '../../ui/PlaceChips.tsx'
import { useTranslate } from '../../ui/text.ts'
import { useHover } from './passageContext.ts'

type PassageChipsProps = {
  readonly locators: readonly Locator[]
  readonly text: string
  /** The sentence's place in the summary; null outside one. */
  readonly claim: number | null
}

/** One chip per page or range of lines. */
export function PassageChips({ locators, text, claim }: PassageChipsProps): ReactNode {
  const translate = useTranslate()
  const { hover } = useHover()
  const showPassage = useSotto((state) => state.showPassage)
  // The pressed place comes first, so that the source opens there; the others are marked as well.
  function passageAt(places: readonly Locator[]) {
    return { locators: [...places, ...locators.filter((locator) => !places.includes(locator))], text, claim }
  }
  return (
    <PlaceChips
      locators={locators}
      label={(place) => translate('documents.summary.show', { place })}
      onOpen={(places) => showPassage(passageAt(places))}
      onPoint={(places) => hover(places === null ? null : passageAt(places))}
    />
  )
}
