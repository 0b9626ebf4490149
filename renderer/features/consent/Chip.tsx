// Something found in the request: hidden behind its placeholder, looked at, or sent in the clear.
import type { Redaction } from '#contract/cloudDraft.ts'
import type { ReactNode } from 'react'
import { classNames } from '../../ui/classNames.ts'
import { useTranslate } from '../../ui/text.ts'
import styles from './Chip.module.css'
import { SentText } from './SentText.tsx'

type ChipProps = {
  /** The characters that go out at this place. */
  readonly text: string
  readonly redaction: Redaction
  readonly revealed: boolean
  /** Null where the draft is only read; else told when the hand pressed, in milliseconds of the page. */
  readonly onPress: ((at: number) => void) | null
}

/** Press to see the original, press again to send it in the clear, which turns amber; press that to hide it. */
export function Chip({ text, redaction, revealed, onPress }: ChipProps): ReactNode {
  const translate = useTranslate()
  const { on, original, placeholder, confidence } = redaction
  const state = !on ? 'clear' : revealed ? 'revealed' : 'hidden'
  const kind = translate(`consent.class.${redaction.class}`)
  const named = confidence === 'suggested' ? `${kind}, ${translate('consent.chip.suggested')}` : kind
  const label = translate(`consent.chip.${state}`, { class: named, original, placeholder })
  const words = <SentText text={state === 'revealed' ? original : text} />
  if (onPress === null) {
    return (
      <span title={label} className={classNames(styles.chip, styles[state])} data-chip={state}>
        {words}
      </span>
    )
  }
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(styles.chip, styles[state])}
      data-chip={state}
      // A key that is held repeats its press; one press is one step.
      onKeyDown={(event) => {
        if (event.repeat) event.preventDefault()
      }}
      onClick={({ timeStamp }) => onPress(timeStamp)}
    >
      {words}
    </button>
  )
}
