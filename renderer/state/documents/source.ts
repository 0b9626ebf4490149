// The text of the document on the page, in windows loaded as they are looked at, and the place being shown in it.
import type { Locator, Segment } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { SliceTools } from '../slice.ts'
import { compareLocators } from './locatorOrder.ts'

/** A passage to show: where it stands and what it says; `claim` is its place in the summary, null for a mere place. */
export type Passage = {
  readonly locators: readonly Locator[]
  readonly text: string | null
  readonly claim: number | null
  /** Where a search found it: the segment's position in the document, and the words as they stand there. */
  readonly found?: { readonly position: number; readonly words: readonly string[] }
}

/** The source of one document. `windows` hold 200 segments each, by their number. */
export type Source = {
  readonly documentId: string | null
  readonly windows: Readonly<Record<number, readonly Segment[]>>
  readonly failure: Failure | null
  readonly open: boolean
  /** A pinned panel stays when another document is opened. */
  readonly pinned: boolean
  readonly passage: Passage | null
  /** Grows with every wish to go somewhere, also to the same place again. */
  readonly jump: number
}

/** The source panel's state and what can be done with it. */
export type SourcePart = {
  readonly source: Source
  /** Makes this the document whose text is shown. */
  attachSource(documentId: string): void
  openSource(open: boolean): void
  pinSource(pinned: boolean): void
  /** Opens the panel at a passage. */
  showPassage(passage: Passage): void
  /** Loads a window unless it is there or on its way. */
  loadSourceWindow(index: number): Promise<void>
  /** The position of the segment that holds a place; null when the text cannot be read. */
  findInSource(locator: Locator, segments: number): Promise<number | null>
}

/** Segments of one window. */
export const windowSegments = 200
/** Windows kept; those farthest from the newest are forgotten first. */
const windowsKept = 40

/** Nothing is shown yet. */
export const noSource: Source = {
  documentId: null,
  windows: {},
  failure: null,
  open: false,
  pinned: false,
  passage: null,
  jump: 0,
}

/** Loads on demand; answers for a document no longer shown are dropped. */
export function createSource({ set, get, client }: SliceTools): SourcePart {
  const loading = new Map<string, Promise<void>>()

  function change(changes: Partial<Source>): void {
    set({ source: { ...get().source, ...changes } })
  }

  async function load(documentId: string, index: number): Promise<void> {
    const from = index * windowSegments
    const segments = await client.call('documents.segments', { documentId, from, count: windowSegments })
    if (get().source.documentId !== documentId) return
    if (!segments.ok) return change({ failure: segments.failure })
    change({ windows: nearest({ ...get().source.windows, [index]: segments.value }, index), failure: null })
  }

  async function loadSourceWindow(index: number): Promise<void> {
    const { documentId, windows } = get().source
    if (documentId === null || windows[index] !== undefined) return
    const key = `${documentId}/${index}`
    const known = loading.get(key) ?? load(documentId, index).finally(() => loading.delete(key))
    loading.set(key, known)
    await known
  }

  async function windowAt(index: number): Promise<readonly Segment[] | undefined> {
    await loadSourceWindow(index)
    return get().source.windows[index]
  }

  /** The last window that begins at or before a place, found by halving. */
  async function windowOf(locator: Locator, windows: number): Promise<number> {
    let [low, high] = [0, windows - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const first = (await windowAt(middle))?.[0]
      if (first !== undefined && compareLocators(first.locator, locator) <= 0) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    source: noSource,
    loadSourceWindow,
    attachSource(documentId) {
      const { source } = get()
      if (source.documentId === documentId) return
      const { pinned } = source
      set({ source: { ...noSource, documentId, pinned, open: pinned && source.open, jump: source.jump } })
    },
    openSource: (open) => change({ open, ...(open ? {} : { passage: null }) }),
    pinSource: (pinned) => change({ pinned }),
    showPassage: (passage) => change({ open: true, passage, jump: get().source.jump + 1 }),
    async findInSource(locator, segments) {
      const windows = Math.ceil(segments / windowSegments)
      if (locator.kind === 'cells' && locator.sheet !== '') return findCells(locator, windows, windowAt)
      const index = await windowOf(locator, windows)
      const found = await windowAt(index)
      if (found === undefined) return null
      const at = found.findLastIndex((segment) => compareLocators(segment.locator, locator) <= 0)
      return index * windowSegments + Math.max(0, at)
    },
  }
}

/** The first segment of a sheet that reaches a row, window after window: sheets have no order to halve by. */
async function findCells(
  wanted: Cells,
  windows: number,
  windowAt: (index: number) => Promise<readonly Segment[] | undefined>,
): Promise<number | null> {
  const row = lastRowOf(wanted.range)
  for (let index = 0; index < windows; index += 1) {
    const at = (await windowAt(index))?.findIndex(
      ({ locator }) => locator.kind === 'cells' && locator.sheet === wanted.sheet && lastRowOf(locator.range) >= row,
    )
    if (at !== undefined && at >= 0) return index * windowSegments + at
  }
  return null
}

type Cells = Extract<Locator, { kind: 'cells' }>

function lastRowOf(range: string): number {
  return Number(range.match(/\d+/g)?.at(-1) ?? 0)
}

function nearest(windows: Source['windows'], to: number): Source['windows'] {
  const indexes = Object.keys(windows).map(Number)
  if (indexes.length <= windowsKept) return windows
  const kept = indexes.toSorted((one, other) => Math.abs(one - to) - Math.abs(other - to)).slice(0, windowsKept)
  return Object.fromEntries(kept.map((index) => [index, windows[index] ?? []]))
}
