// Where a sentence comes from: small chips that point at the passage and lead to it.
import type { Locator } from '#contract/document.ts'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useSotto } from '../../state/store.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './Chips.module.css'
import { chipsOf } from '../../ui/locatorChips.ts'
import { useHover } from './passageContext.ts'

type ChipsProps = {
  readonly locators: readonly Locator[]
  readonly text: string
  /** The sentence's place in the summary; null outside one. */
  readonly claim: number | null
}

/** One chip per page or range of lines. */
export function Chips({ locators, text, claim }: ChipsProps): ReactNode {
  const translate = useTranslate()
  const { hover } = useHover()
  const showPassage = useSotto((state) => state.showPassage)
  return chipsOf(locators).map((chip) => {
    const place = translate(`documents.chip.${chip.key}`, chip.values)
    // The pressed place comes first, so that the source opens there; the others are marked as well.
    const others = locators.filter((locator) => !chip.locators.includes(locator))
    const passage = { locators: [...chip.locators, ...others], text, claim }
    return (
      <Button
        key={place}
        className={styles.chip ?? ''}
        aria-label={translate('documents.summary.show', { place })}
        onPress={() => showPassage(passage)}
        onHoverChange={(over) => hover(over ? passage : null)}
        onFocusChange={(focused) => hover(focused ? passage : null)}
      >
        {place}
      </Button>
    )
  })
}
