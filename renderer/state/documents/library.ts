// The list of documents, and removing one with a way back.
import type { DocumentRecord } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { SliceTools } from '../slice.ts'

/** The library; a document whose removal can still be undone is not in the list. */
export type LibraryPart = {
  /** Last opened first, as of the last time the list was read. */
  readonly documents: readonly DocumentRecord[]
  readonly documentsLoaded: boolean
  readonly documentsFailure: Failure | null
  /** The document that goes for good when the time for Undo is over. */
  readonly removal: DocumentRecord | null
  refreshDocuments(): Promise<void>
  removeDocument(documentId: string): void
  undoRemoval(): void
}

/** Milliseconds in which a removal can be undone. */
export const undoMilliseconds = 8000

/** Follows the list. `keep` puts one document in it, in its place or first. */
export function createLibrary({
  set,
  get,
  client,
}: SliceTools): LibraryPart & { keep(document: DocumentRecord): void } {
  let timer: ReturnType<typeof setTimeout> | undefined

  async function commit(): Promise<void> {
    const { removal } = get()
    clearTimeout(timer)
    if (removal === null) return
    set({ removal: null })
    const removed = await client.call('documents.remove', { documentId: removal.id })
    // Gone already is what was wanted; anything else brings it back into sight.
    if (removed.ok || removed.failure.code === 'not-found') return
    set({ documentsFailure: removed.failure })
    await refreshDocuments()
  }

  async function refreshDocuments(): Promise<void> {
    const documents = await client.call('documents.list', {})
    if (!documents.ok) return set({ documentsFailure: documents.failure, documentsLoaded: true })
    const hidden = get().removal?.id
    set({ documents: documents.value.filter(({ id }) => id !== hidden), documentsLoaded: true, documentsFailure: null })
  }

  return {
    documents: [],
    documentsLoaded: false,
    documentsFailure: null,
    removal: null,
    refreshDocuments,
    removeDocument(documentId) {
      void commit()
      const { documents, route, navigate } = get()
      const removal = documents.find(({ id }) => id === documentId) ?? null
      if (removal === null) return
      set({ removal, documents: documents.filter(({ id }) => id !== documentId) })
      if (route.room === 'documents' && route.id === documentId) navigate('documents')
      timer = setTimeout(() => void commit(), undoMilliseconds)
    },
    undoRemoval() {
      clearTimeout(timer)
      set({ removal: null })
      void refreshDocuments()
    },
    keep(document) {
      const { documents, removal } = get()
      // The same file brought again while its removal waits is wanted after all.
      if (removal?.id === document.id) clearTimeout(timer)
      const known = documents.some(({ id }) => id === document.id)
      set({
        ...(removal?.id === document.id ? { removal: null } : {}),
        documents: known ? documents.map((one) => (one.id === document.id ? document : one)) : [document, ...documents],
      })
    },
  }
}
