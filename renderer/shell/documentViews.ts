// Which feature shows which view of a document.
import type { DocumentViews } from '../features/documents/documentViews.ts'

/** The views of the documents room. */
export const documentViews: DocumentViews = {}
