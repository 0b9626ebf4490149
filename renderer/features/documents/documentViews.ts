// What other features show of a document, or of the library; the shell hands it in.
import type { DocumentRecord } from '#contract/document.ts'
import type { LibraryFolder } from '#contract/library.ts'
import type { ComponentType } from 'react'
import type { DocumentView } from '../../state/routeSlice.ts'

/** A component per view of a document; a view without one has no tab. */
export type DocumentViews = {
  readonly [View in DocumentView]?: ComponentType<{ readonly document: DocumentRecord }>
} & {
  /** Questions to a folder of the library, or to all of it (null). */
  readonly askLibrary?: ComponentType<{ readonly folderId: string | null }>
  /** The page of a batch, at its address in the documents room. */
  readonly batch?: ComponentType<{ readonly jobId: string }>
  /** What else can be done with a folder, beside its name. */
  readonly folderActions?: ComponentType<{ readonly folder: LibraryFolder }>
}
