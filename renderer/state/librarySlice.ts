// The library: folders and files by path, what became of them, and search over everything that was read.
import { createLibraryFiles, type LibraryFilesPart } from './library/libraryFiles.ts'
import { createLibraryFolders, type LibraryFoldersPart } from './library/libraryFolders.ts'
import { createLibrarySearch, type LibrarySearchPart } from './library/librarySearch.ts'
import type { SliceTools } from './slice.ts'

/** Everything about the library. */
export type LibrarySlice = LibraryFoldersPart & LibraryFilesPart & LibrarySearchPart

/** Composes the parts. */
export function createLibrarySlice(tools: SliceTools): LibrarySlice {
  const files = createLibraryFiles(tools)
  const { again, ...search } = createLibrarySearch(tools)
  const folders = createLibraryFolders(tools, () => {
    again()
    void files.reloadFiles()
    void tools.get().refreshDocuments()
  })
  return { ...folders, ...files, ...search }
}
