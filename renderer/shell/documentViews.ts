// Which feature shows which view of a document.
import { CompareDocument } from '../features/comparisons/CompareDocument.tsx'
import type { DocumentViews } from '../features/documents/documentViews.ts'
import { BatchPage } from '../features/jobs/BatchPage.tsx'
import { FolderBatch } from '../features/jobs/FolderBatch.tsx'
import { AskDocument } from '../features/questions/AskDocument.tsx'
import { AskLibrary } from '../features/questions/AskLibrary.tsx'

/** The views of the documents room. */
export const documentViews: DocumentViews = {
  ask: AskDocument,
  compare: CompareDocument,
  askLibrary: AskLibrary,
  batch: BatchPage,
  folderActions: FolderBatch,
}
