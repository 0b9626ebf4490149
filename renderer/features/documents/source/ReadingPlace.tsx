// How far one has read in the source: the place at the top of the panel and the share of the whole.
import type { Locator } from '#contract/document.ts'
import type { ReactNode } from 'react'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import { chipsOf } from '../../../ui/locatorChips.ts'
import styles from './ReadingPlace.module.css'

type ReadingPlaceProps = {
  readonly locator: Locator | null
  /** 0 to 1. */
  readonly share: number
}

/** A thin line that fills, and the place in words. */
export function ReadingPlace({ locator, share }: ReadingPlaceProps): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share)
  const [chip] = locator === null ? [] : chipsOf([locator])
  const place = chip === undefined ? '' : translate(`documents.chip.${chip.key}`, chip.values)
  return (
    <div className={styles.reading}>
      <progress aria-hidden className={styles.line} max={1} value={share} />
      <p className={styles.words}>
        {place === '' ? percent : translate('documents.source.place', { place, share: percent })}
      </p>
    </div>
  )
}
