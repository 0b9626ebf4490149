// Text exactly as it is sent, with a named mark at every character one would not see; nothing is added to or taken from it.
import { type ReactNode, useMemo } from 'react'
import { useTranslate } from '../../ui/text.ts'
import { type InvisibleRun, invisibleRuns } from './invisible.ts'
import styles from './SentText.module.css'

/** The characters of `text`; the marks' names are drawn beside them and are no part of the text, so copying copies what is sent. */
export function SentText({ text }: { readonly text: string }): ReactNode {
  const runs = useMemo(() => invisibleRuns(text), [text])
  return runs.map((run, place) => (typeof run === 'string' ? run : <Mark key={place} run={run} />))
}

/** Isolated, so that a control of the writing direction turns nothing around it. */
function Mark({ run: { text, name, code, count, spelled } }: { readonly run: InvisibleRun }): ReactNode {
  const translate = useTranslate()
  const called = translate(`consent.invisible.name.${name}`, { code, spelled })
  const words = count === 1 || spelled !== '' ? called : translate('consent.invisible.many', { name: called, count })
  const label = translate('consent.invisible.label', { name: words })
  return (
    <span role="img" aria-label={label} title={label} data-invisible={words} className={styles.mark}>
      {text}
    </span>
  )
}
