// A formula of a message: MathML once the TeX parser is there, its source until then and where it is not TeX.
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import styles from './Markdown.module.css'
import { mathElements, type TeX } from './mathElements.ts'
import { visibleText } from './visibleText.ts'

type MathTextProps = { readonly text: string; readonly display: boolean }

/** `display` puts the formula on a line of its own. */
export function MathText({ text, display }: MathTextProps): ReactNode {
  const [tex, setTex] = useState<TeX | null>(null)
  useEffect(() => {
    const leaving = new AbortController()
    void import('temml').then((loaded) => {
      if (!leaving.signal.aborted) setTex(loaded.default)
    })
    return () => leaving.abort()
  }, [])
  const shown = visibleText(text)
  const formula = useMemo(() => (tex === null ? null : mathElements(tex, shown, display)), [tex, shown, display])
  const inside = formula ?? <code className={styles.math}>{shown}</code>
  return display ? <p className={styles.mathLine}>{inside}</p> : inside
}
