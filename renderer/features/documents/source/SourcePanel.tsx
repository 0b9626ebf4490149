// The source beside the summary: opened at a passage, stepped from statement to statement, pinned or closed.
import type { DocumentRecord } from '#contract/document.ts'
import { ArrowDown, ArrowUp, Pin, PinOff, X } from 'lucide-react'
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from 'react'
import { useSotto } from '../../../state/store.ts'
import { formatCount } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useLanguage, useTranslate } from '../../../ui/text.ts'
import styles from './SourcePanel.module.css'
import { SourceText } from './SourceText.tsx'
import { useShownSummary } from '../useShownSummary.ts'

/** The statements that have a place in the source, and steps between them. */
function useSteps(documentId: string): {
  readonly place: number
  readonly total: number
  readonly step: (by: 1 | -1) => void
} {
  const summary = useShownSummary(documentId)
  const current = useSotto((state) => state.source.passage?.claim ?? null)
  const showPassage = useSotto((state) => state.showPassage)
  const places = useMemo(
    () =>
      summary?.claims.flatMap((claim, index) => (claim.supported && claim.locators.length > 0 ? [index] : [])) ?? [],
    [summary],
  )
  const place = current === null ? -1 : places.indexOf(current)
  function step(by: 1 | -1): void {
    const claim = places[place < 0 && by < 0 ? places.length - 1 : place + by]
    const found = claim === undefined ? undefined : summary?.claims[claim]
    if (claim === undefined || found === undefined) return
    showPassage({ locators: found.locators, text: found.text, claim })
  }
  return { place, total: places.length, step }
}

function Steps({ documentId }: { readonly documentId: string }): ReactNode {
  const translate = useTranslate()
  const language = useLanguage()
  const { place, total, step } = useSteps(documentId)
  if (total === 0) return null
  return (
    <div className={styles.steps}>
      <IconButton label={translate('documents.source.previous')} isDisabled={place === 0} onPress={() => step(-1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton label={translate('documents.source.next')} isDisabled={place === total - 1} onPress={() => step(1)}>
        <ArrowDown aria-hidden />
      </IconButton>
      {place >= 0 && (
        <span className={styles.place} role="status">
          {translate('documents.source.step', {
            number: formatCount(place + 1, language),
            total: formatCount(total, language),
          })}
        </span>
      )}
    </div>
  )
}

/** Gives the focus back to what opened the panel, when the panel goes with the focus in it. */
function useReturnOfFocus(panel: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const [opener, element] = [window.document.activeElement, panel.current]
    return () => {
      const inside = element?.contains(window.document.activeElement) === true
      if (inside && opener instanceof HTMLElement) opener.focus()
    }
  }, [panel])
}

/** The document's own text. */
export function SourcePanel({ document }: { readonly document: DocumentRecord }): ReactNode {
  const translate = useTranslate()
  const openSource = useSotto((state) => state.openSource)
  const pinSource = useSotto((state) => state.pinSource)
  const pinned = useSotto((state) => state.source.pinned)
  const panel = useRef<HTMLElement>(null)
  useReturnOfFocus(panel)
  return (
    <aside ref={panel} aria-label={translate('documents.source.label')} className={styles.panel}>
      <header className={styles.header}>
        <h2 className={styles.title}>{translate('documents.source.title')}</h2>
        <Steps documentId={document.id} />
        <span className={styles.gap} />
        <IconButton
          label={translate(pinned ? 'documents.source.unpin' : 'documents.source.pin')}
          selected={pinned}
          onPress={() => pinSource(!pinned)}
        >
          {pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
        </IconButton>
        <IconButton label={translate('documents.source.close')} onPress={() => openSource(false)}>
          <X aria-hidden />
        </IconButton>
      </header>
      <SourceText key={document.id} document={document} />
    </aside>
  )
}
