// The library in words: how far the reading is, what a file's folder is called, what can be chosen.
import type { DocumentFormat } from '#contract/document.ts'
import type { LibraryFile, LibraryFolder, StateCounts } from '#contract/library.ts'
import type { SearchAge } from '../../../state/library/librarySearch.ts'
import { formatCount } from '../../../ui/format.ts'
import type { Language, Translate } from '../../../ui/text.ts'

/** Formats a person can choose, the usual ones first. */
export const formats: readonly DocumentFormat[] = [
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'eml',
  'mbox',
  'text',
  'markdown',
  'html',
  'csv',
  'odt',
  'ods',
  'odp',
  'rtf',
  'epub',
]

/** Ages a person can choose. */
export const ages: readonly SearchAge[] = [null, 7, 31, 366]

/** Files that belong to the library; those that were taken out are not counted. */
export function filesIn(counts: StateCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0) - counts.excluded
}

/** Files that wait or are in hand, and all that are to be read, these among them. */
export function readingShare(counts: StateCounts): { readonly done: number; readonly total: number } {
  const done = counts.ready + counts.duplicate + counts.failed
  return { done, total: done + counts.waiting + counts.reading + counts.changed }
}

/** "1,204 files". */
export function filesWords(count: number, translate: Translate, language: Language): string {
  return translate('library.files', { count, amount: formatCount(count, language) })
}

/** The folder a file lies in, below its library folder where that is known; empty for what was uploaded. */
export function folderOf(
  { path, folderId }: Pick<LibraryFile, 'path' | 'folderId'>,
  folders: readonly LibraryFolder[],
): string {
  const place = path.replace(/[/\\][^/\\]*$/, '')
  const folder = folders.find(({ id }) => id === folderId)
  if (folder === undefined || !place.startsWith(folder.path)) return place
  return [folder.name, ...partsBelow(folder, place)].join(' › ')
}

/** As `folderOf`, for a list of that folder alone. */
export function belowFolder({ path }: Pick<LibraryFile, 'path'>, folder: LibraryFolder): string {
  return partsBelow(folder, path.replace(/[/\\][^/\\]*$/, '')).join(' › ')
}

function partsBelow(folder: LibraryFolder, place: string): readonly string[] {
  return place
    .slice(folder.path.length)
    .split(/[/\\]/)
    .filter((part) => part !== '')
}
