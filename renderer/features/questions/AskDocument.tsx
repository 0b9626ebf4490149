// The view of a document in which it is asked.
import type { DocumentRecord } from '#contract/document.ts'
import { type ReactNode, useMemo } from 'react'
import { AskPage } from './AskPage.tsx'

/** Questions to one document. */
export function AskDocument({ document }: { readonly document: DocumentRecord }): ReactNode {
  const scope = useMemo(() => ({ documentId: document.id }), [document.id])
  return <AskPage scope={scope} />
}
