// The documents room: the library, what comes in, the text of the open document and its summaries.
import type { DocumentRecord } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import { createArrivals, type ArrivalsPart } from './documents/arrivals.ts'
import { type ChoosingPart, createChoosing } from './documents/choosing.ts'
import { createClaimChecks, type ClaimChecksPart } from './documents/claimChecks.ts'
import { createLibrary, type LibraryPart } from './documents/library.ts'
import { pickFiles } from './documents/pickFiles.ts'
import { createSource, type SourcePart } from './documents/source.ts'
import { createSummaries, type SummariesPart } from './documents/summaries.ts'
import type { SliceTools } from './slice.ts'

/** Everything about documents. */
export type DocumentsSlice = LibraryPart &
  ArrivalsPart &
  SourcePart &
  SummariesPart &
  ClaimChecksPart &
  ChoosingPart & {
    /** Why the document on the page cannot be shown. */
    readonly documentFailure: Failure | null
    /** Loads what the page of a document needs and marks it as opened. */
    openDocument(documentId: string): Promise<void>
    /** Opens the system's file picker; what is chosen goes into the library, and the documents room shows it. */
    pickDocuments(): void
  }

/** Composes the parts. */
export function createDocumentsSlice(tools: SliceTools): DocumentsSlice {
  const { set, get, client } = tools
  const { keep, ...library } = createLibrary(tools)

  function onAdded(document: DocumentRecord, alone: boolean): void {
    keep(document)
    const { route, navigate } = get()
    if (route.room === 'documents' && (alone || route.id === null)) navigate('documents', document.id)
  }

  async function markOpened(documentId: string): Promise<void> {
    const opened = await client.call('documents.open', { documentId })
    if (opened.ok) keep(opened.value)
    if (get().route.id === documentId) set({ documentFailure: opened.ok ? null : opened.failure })
  }

  client.on('system.opened', ({ files }) => {
    if (get().route.room !== 'documents') get().navigate('documents')
    void get().addIncoming(files.map((file) => ({ kind: 'path', ...file })))
  })

  return {
    ...library,
    ...createArrivals(tools, onAdded),
    ...createSource(tools),
    ...createSummaries(tools),
    ...createClaimChecks(tools),
    ...createChoosing(tools),
    documentFailure: null,
    async openDocument(documentId) {
      set({ documentFailure: null })
      get().attachSource(documentId)
      await Promise.all([markOpened(documentId), get().loadSummaries(documentId)])
    },
    pickDocuments() {
      pickFiles((files) => {
        if (files.length === 0) return
        if (get().route.room !== 'documents') get().navigate('documents')
        void get().addIncoming(files.map((file) => ({ kind: 'file', name: file.name, content: file })))
      })
    },
  }
}
