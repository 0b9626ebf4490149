// Search over everything that was read: what is asked, what was found, and the way from a hit to its passage.
import type { DocumentFormat } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { LibraryFile, LibraryHit } from '#contract/library.ts'
import type { SliceTools } from '../slice.ts'

/** How long ago a file was changed at most, in days; null does not restrict. */
export type SearchAge = 7 | 31 | 366 | null

/** What is looked for. */
export type LibraryQuery = {
  readonly query: string
  readonly folderId: string | null
  readonly format: DocumentFormat | null
  readonly age: SearchAge
}

/** A search and what it found; `hits` is null before the first answer, `cursor` asks for more. */
export type LibrarySearch = LibraryQuery & {
  readonly hits: readonly LibraryHit[] | null
  /** Files whose name holds the query, a few of them. */
  readonly named: readonly LibraryFile[]
  readonly cursor: string | null
  readonly failure: Failure | null
}

/** The search and what can be done with it. */
export type LibrarySearchPart = {
  readonly librarySearch: LibrarySearch
  /** Grows with every wish to write in the search field. */
  readonly searchWish: number
  searchLibrary(change: Partial<LibraryQuery>): void
  moreHits(): Promise<void>
  /** Opens the document at the passage. */
  openLibraryHit(hit: LibraryHit): void
  /** Goes to the library with the search field ready to be written in. */
  wishToSearch(): void
}

/** Milliseconds without a key before a search begins. */
const searchPause = 120
const filesByName = 5
const dayMilliseconds = 86_400_000

const noSearch: LibrarySearch = {
  query: '',
  folderId: null,
  format: null,
  age: null,
  hits: null,
  named: [],
  cursor: null,
  failure: null,
}

/** Asks a moment after the last key; what a newer question has overtaken is dropped. */
export function createLibrarySearch({ set, get, client }: SliceTools): LibrarySearchPart & { again(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | null = null

  async function ask(): Promise<void> {
    asking?.abort()
    const controller = new AbortController() // aborted by the next question
    asking = controller
    const { librarySearch } = get()
    const { folderId, format } = librarySearch
    const within = { ...(folderId === null ? {} : { folderId }), ...(format === null ? {} : { format }) }
    const [found, named] = await Promise.all([
      client.call('library.search', orderOf(librarySearch, null), { signal: controller.signal }),
      client.call('library.list', { ...within, name: librarySearch.query.trim().slice(0, 200), count: filesByName }),
    ])
    if (controller.signal.aborted) return
    const files = named.ok ? named.value.files : []
    const now = get().librarySearch
    set({
      librarySearch: found.ok
        ? { ...now, hits: found.value.hits, cursor: found.value.cursor, named: files, failure: null }
        : { ...now, hits: [], cursor: null, named: files, failure: found.failure },
    })
  }

  function again(): void {
    clearTimeout(timer)
    if (get().librarySearch.query.trim() !== '') timer = setTimeout(() => void ask(), searchPause)
  }

  return {
    librarySearch: noSearch,
    searchWish: 0,
    again,
    searchLibrary(change) {
      const next = { ...get().librarySearch, ...change }
      asking?.abort()
      // What was found stays until the next answer, so that nothing flickers while a word is being written.
      set({ librarySearch: next.query.trim() === '' ? { ...next, hits: null, named: [], cursor: null } : next })
      again()
    },
    async moreHits() {
      const { librarySearch } = get()
      if (librarySearch.cursor === null) return
      const found = await client.call('library.search', orderOf(librarySearch, librarySearch.cursor))
      const now = get().librarySearch
      if (now.cursor !== librarySearch.cursor) return
      if (!found.ok) return set({ librarySearch: { ...now, failure: found.failure } })
      const hits = [...(now.hits ?? []), ...found.value.hits]
      set({ librarySearch: { ...now, hits, cursor: found.value.cursor } })
    },
    openLibraryHit({ documentId, locator, position, snippet }) {
      get().navigate('documents', documentId)
      get().attachSource(documentId)
      const words = [...new Set(snippet.marks.map(({ start, end }) => snippet.text.slice(start, end)))]
      get().showPassage({ locators: [locator], text: null, claim: null, found: { position, words } })
    },
    wishToSearch() {
      const { route, navigate, searchWish } = get()
      if (route.room !== 'documents' || route.id?.startsWith('library') !== true) navigate('documents', 'library')
      set({ searchWish: searchWish + 1 })
    },
  }
}

function orderOf({ query, folderId, format, age }: LibraryQuery, cursor: string | null) {
  return {
    query: query.slice(0, 500),
    ...(folderId === null ? {} : { folderId }),
    ...(format === null ? {} : { format }),
    ...(age === null ? {} : { modifiedFrom: new Date(Date.now() - age * dayMilliseconds).toISOString() }),
    cursor,
  }
}
