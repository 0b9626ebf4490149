// The views of the library as places in the documents room's address, where an opened document has its id.

/** All files, those of one folder, or those that could not be read. */
export type LibraryPlace =
  { readonly kind: 'all' } | { readonly kind: 'unread' } | { readonly kind: 'folder'; readonly folderId: string }

const all = 'library'
const unread = 'library:unread'
const inFolder = 'library:in:'

/** The view an address names; null where it names a document or nothing. */
export function placeOfRoute(id: string | null): LibraryPlace | null {
  if (id === all) return { kind: 'all' }
  if (id === unread) return { kind: 'unread' }
  return id?.startsWith(inFolder) === true ? { kind: 'folder', folderId: id.slice(inFolder.length) } : null
}

/** The address of a view, as `placeOfRoute` reads it. */
export function routeOfPlace(place: LibraryPlace): string {
  return place.kind === 'folder' ? inFolder + place.folderId : place.kind === 'unread' ? unread : all
}
