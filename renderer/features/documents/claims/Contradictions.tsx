// Two places of the document that cannot both be true, side by side, each with the way to it.
import type { Contradiction } from '#contract/summary.ts'
import { type ReactNode, useId } from 'react'
import { useTranslate } from '../../../ui/text.ts'
import { PassageChips } from '../PassageChips.tsx'
import styles from './Contradictions.module.css'

function Side({ text, locators }: Contradiction['a']): ReactNode {
  return (
    <blockquote className={styles.side}>
      {text}
      <PassageChips locators={locators} text={text} claim={null} />
    </blockquote>
  )
}

/** Nothing where none were found. */
export function Contradictions({ found }: { readonly found: readonly Contradiction[] }): ReactNode {
  const translate = useTranslate()
  const title = useId()
  if (found.length === 0) return null
  return (
    <section className={styles.contradictions} aria-labelledby={title}>
      <header>
        <h3 id={title} className={styles.title}>
          {translate('claims.contradictions.title')}
        </h3>
        <p className={styles.note}>{translate('claims.contradictions.note')}</p>
      </header>
      <ol className={styles.pairs}>
        {found.map((pair, at) => (
          <li key={at} className={styles.pair}>
            <p className={styles.kind}>{translate(`claims.contradictions.${pair.kind}`)}</p>
            <div className={styles.sides}>
              <Side {...pair.a} />
              <span className={styles.against}>{translate('claims.contradictions.against')}</span>
              <Side {...pair.b} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
