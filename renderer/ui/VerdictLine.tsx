// Whether a model suits this computer: a glyph and a sentence, never a colour alone.
import { Check, Hourglass, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { FitVerdict } from '#contract/model.ts'
import { useLanguage, useTranslate } from './text.ts'
import styles from './VerdictLine.module.css'
import { verdictTone, verdictWords } from './verdictWords.ts'

const glyphs = { good: Check, poor: Hourglass, bad: X } as const

/** The verdict in words. */
export function VerdictLine({ verdict }: { readonly verdict: FitVerdict }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const tone = verdictTone(verdict)
  const Glyph = glyphs[tone]
  return (
    <p className={styles.verdict} data-tone={tone}>
      <Glyph aria-hidden />
      <span>{verdictWords(verdict, translate, language)}</span>
    </p>
  )
}
