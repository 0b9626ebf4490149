// Where something stands: small chips that lead there, the same wherever a sentence has a place.
import type { Locator } from '#contract/document.ts'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { chipsOf } from './locatorChips.ts'
import styles from './PlaceChips.module.css'
import { useTranslate } from './text.ts'

type PlaceChipsProps = {
  readonly locators: readonly Locator[]
  /** The document's name before each place; left out where it is plain which one is meant. */
  readonly name?: string | null
  /** What pressing a chip does, with its place in words: what a screen reader says. */
  readonly label: (place: string) => string
  /** Opens the places of one chip. */
  readonly onOpen: (places: readonly Locator[]) => void
  /** Hears which chip is under the pointer or has the focus; null when none has. */
  readonly onPoint?: (places: readonly Locator[] | null) => void
}

/** One chip per page, line or paragraph, each a stop of the Tab key; Enter and Space open it. */
export function PlaceChips({ locators, name = null, label, onOpen, onPoint }: PlaceChipsProps): ReactNode {
  const translate = useTranslate()
  return chipsOf(locators).map((chip) => {
    const at = translate(`documents.chip.${chip.key}`, chip.values)
    const place = name === null ? at : `${name}, ${at}`
    const point = (on: boolean) => onPoint?.(on ? chip.locators : null)
    return (
      <Button
        key={at}
        className={styles.chip ?? ''}
        aria-label={label(place)}
        onPress={() => onOpen(chip.locators)}
        onHoverChange={point}
        onFocusChange={point}
      >
        {place}
      </Button>
    )
  })
}
