// The view of a document in which it is compared with another: choose, wait, read what changed.
import type { DocumentRecord } from '#contract/document.ts'
import { type ReactNode, useEffect } from 'react'
import { noComparisons } from '../../state/comparisonsSlice.ts'
import { useSotto } from '../../state/store.ts'
import { Button } from '../../ui/Button.tsx'
import { FailureNote } from '../../ui/FailureNote.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { useTranslate } from '../../ui/text.ts'
import { ChooseOther } from './ChooseOther.tsx'
import styles from './CompareDocument.module.css'
import { ComparisonResult } from './ComparisonResult.tsx'

type Props = { readonly document: DocumentRecord }

function Running({ document }: Props): ReactNode {
  const translate = useTranslate()
  const running = useSotto((state) => (state.comparisonViews[document.id] ?? noComparisons).running)
  const stop = useSotto((state) => state.stopComparing)
  if (running === null) return null
  const { stage, done, total } = running
  return (
    <div className={styles.running}>
      <ProgressBar
        value={stage === 'file' || total === 0 ? null : done / total}
        label={translate(`comparisons.stage.${stage}`)}
      />
      <Button size="small" onPress={() => stop(document.id)}>
        {translate('comparisons.stop')}
      </Button>
    </div>
  )
}

/** Comparisons of one document. */
export function CompareDocument({ document }: Props): ReactNode {
  const view = useSotto((state) => state.comparisonViews[document.id] ?? noComparisons)
  const connected = useSotto((state) => state.connection === 'open')
  const load = useSotto((state) => state.loadComparisons)
  useEffect(() => {
    if (connected) void load(document.id)
  }, [connected, load, document.id])
  return (
    <div className={styles.compare}>
      <ChooseOther document={document} view={view} />
      <Running document={document} />
      {view.failure !== null && <FailureNote failure={view.failure} />}
      {view.open !== null && view.running === null && (
        <ComparisonResult key={view.open.id} documentId={document.id} comparison={view.open} view={view} />
      )}
    </div>
  )
}
