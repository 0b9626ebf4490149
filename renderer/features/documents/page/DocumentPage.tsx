// One document: what it is, a view of it at the left (summary, questions, comparison), its source at the right.
import type { DocumentRecord } from '#contract/document.ts'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from 'react'
import type { Passage } from '../../../state/documents/source.ts'
import { documentViews } from '../../../state/routeSlice.ts'
import { useSotto } from '../../../state/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { FailureNote } from '../../../ui/FailureNote.tsx'
import { useTranslate } from '../../../ui/text.ts'
import { DocumentHeader } from './DocumentHeader.tsx'
import styles from './DocumentPage.module.css'
import type { DocumentViews } from '../documentViews.ts'
import { Gist } from '../summary/Gist.tsx'
import { HoverContext } from '../passageContext.ts'
import { PresetRow } from '../summary/PresetRow.tsx'
import { RunPanel } from '../summary/RunPanel.tsx'
import { SourcePanel } from '../source/SourcePanel.tsx'
import { SummaryView } from '../summary/SummaryView.tsx'
import { useShownSummary } from '../useShownSummary.ts'
import { ViewTabs } from '../ViewTabs.tsx'

function Unknown(): ReactNode {
  const translate = useTranslate()
  const failure = useSotto((state) => state.documentFailure)
  const navigate = useSotto((state) => state.navigate)
  if (failure === null) return null
  return (
    <div className={styles.column}>
      <FailureNote
        failure={failure}
        action={
          <Button size="small" onPress={() => navigate('documents')}>
            {translate('documents.list.all')}
          </Button>
        }
      />
    </div>
  )
}

type KnownProps = { readonly document: DocumentRecord; readonly views: DocumentViews }

function Summarized({ document }: { readonly document: DocumentRecord }): ReactNode {
  const summary = useShownSummary(document.id)
  const working = useSotto((state) => state.summaryRuns[document.id] !== undefined)
  return (
    <>
      <PresetRow document={document} made={summary !== null} />
      {working && <RunPanel document={document} />}
      {summary !== null && <SummaryView summary={summary} document={document} />}
      <Gist documentId={document.id} />
    </>
  )
}

function Known({ document, views }: KnownProps): ReactNode {
  const view = useSotto((state) => state.route.view)
  const Other = view === undefined ? undefined : views[view]
  const others = documentViews.filter((name) => views[name] !== undefined)
  return (
    <div className={styles.column}>
      <DocumentHeader document={document} />
      <ViewTabs id={document.id} first="summary" others={others}>
        {Other === undefined ? <Summarized document={document} /> : <Other key={document.id} document={document} />}
      </ViewTabs>
    </div>
  )
}

type DocumentPageProps = { readonly documentId: string; readonly views: DocumentViews }

/** The page of one document; loads what it needs, and shows each part as soon as that is there. */
export function DocumentPage({ documentId, views }: DocumentPageProps): ReactNode {
  const document = useSotto((state) => state.documents.find(({ id }) => id === documentId))
  const openDocument = useSotto((state) => state.openDocument)
  const connected = useSotto((state) => state.connection === 'open')
  const sourceOpen = useSotto((state) => state.source.open && state.source.documentId === documentId)
  const openSource = useSotto((state) => state.openSource)
  const [passage, hover] = useState<Passage | null>(null)
  const hovering = useMemo(() => ({ passage, hover }), [passage])
  useEffect(() => {
    if (connected) void openDocument(documentId)
  }, [connected, documentId, openDocument])
  function closeOnEscape(event: KeyboardEvent<HTMLDivElement>): void {
    // Pressables keep their keys to themselves, hence on the way down; what lies over the page has its own Escape.
    const inside = event.target instanceof Node && event.currentTarget.contains(event.target)
    if (sourceOpen && inside && event.key === 'Escape' && !event.shiftKey) openSource(false)
  }
  return (
    <HoverContext value={hovering}>
      <div className={styles.both} onKeyDownCapture={closeOnEscape}>
        <section className={styles.page}>
          {document === undefined ? <Unknown /> : <Known document={document} views={views} />}
        </section>
        {document !== undefined && sourceOpen && <SourcePanel document={document} />}
      </div>
    </HoverContext>
  )
}
