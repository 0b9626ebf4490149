// Comparisons of the document on the page: which there are, the open one with its changes, one on its way.
import type { Change, ChangeKind, Comparison, ComparisonItem } from '#contract/comparison.ts'
import type { Locator } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { Result, Stream } from '#contract/result.ts'
import type { Incoming } from './documents/incoming.ts'
import { refusalOf } from './documents/incoming.ts'
import { originOf } from './documents/upload.ts'
import type { SliceTools } from './slice.ts'

/** A comparison on its way; `done` of `total` in the stage's own count, 0 of 0 while it is not known. */
export type RunningComparison = {
  readonly stage: 'file' | 'reading' | 'aligning' | 'judging'
  readonly done: number
  readonly total: number
}

/** The comparisons of one document. `open` null: none is looked at. `changes` are those of `kind`, as many as are loaded. */
export type ComparisonView = {
  readonly list: readonly Comparison[]
  readonly open: Comparison | null
  readonly kind: ChangeKind | 'all'
  readonly changes: readonly Change[]
  readonly running: RunningComparison | null
  readonly failure: Failure | null
}

/** Comparisons and what can be done with them. */
export type ComparisonsSlice = {
  readonly comparisonViews: Readonly<Record<string, ComparisonView>>
  /** Loads the comparisons a document takes part in, and opens the newest unless one is open. */
  loadComparisons(documentId: string): Promise<void>
  /** Compares two documents on the page of `documentId`; `fresh` makes anew what is kept. */
  compareDocuments(documentId: string, beforeId: string, afterId: string, fresh?: boolean): Promise<void>
  /** Reads a file and compares the document with it; the file is the newer one. */
  compareWithFile(documentId: string, file: Incoming): Promise<void>
  stopComparing(documentId: string): void
  openComparison(documentId: string, comparison: Comparison | null): Promise<void>
  filterChanges(documentId: string, kind: ChangeKind | 'all'): Promise<void>
  loadMoreChanges(documentId: string): Promise<void>
  removeComparison(documentId: string, comparisonId: string): Promise<void>
  /** Opens a document at a place of the comparison open on the page of `documentId`. */
  openChangePlace(documentId: string, wanted: string, locators: readonly Locator[], text: string): void
}

/** Nothing compared yet. */
export const noComparisons: ComparisonView = {
  list: [],
  open: null,
  kind: 'all',
  changes: [],
  running: null,
  failure: null,
}

/** Changes loaded at a time. */
export const changesPage = 100
const order: readonly ChangeKind[] = ['substance', 'added', 'removed', 'moved', 'wording']

/** The kind to look at first: substance where there is any. */
export function firstKind({ counts }: Comparison): ChangeKind | 'all' {
  return order.find((kind) => counts[kind] > 0) ?? 'all'
}

type Views = {
  viewOf(id: string): ComparisonView
  change(id: string, changes: Partial<ComparisonView>): void
  list(id: string): Promise<void>
  load(id: string, from: number): Promise<void>
  open(id: string, comparison: Comparison | null): Promise<void>
}

/** What is known per page, and how it is fetched. */
function createViews({ set, get, client }: SliceTools): Views {
  function viewOf(id: string): ComparisonView {
    return get().comparisonViews[id] ?? noComparisons
  }
  function change(id: string, changes: Partial<ComparisonView>): void {
    set({ comparisonViews: { ...get().comparisonViews, [id]: { ...viewOf(id), ...changes } } })
  }
  async function load(id: string, from: number): Promise<void> {
    const { open: shown, kind } = viewOf(id)
    if (shown === null) return
    const input = { comparisonId: shown.id, from, count: changesPage, ...(kind === 'all' ? {} : { kinds: [kind] }) }
    const page = await client.call('comparisons.changes', input)
    const now = viewOf(id)
    // Something else may be looked at by now, or the same page came twice.
    if (now.open?.id !== shown.id || now.kind !== kind || (from > 0 && now.changes.length !== from)) return
    if (!page.ok) return change(id, { failure: page.failure })
    change(id, { changes: from === 0 ? page.value : [...now.changes, ...page.value], failure: null })
  }
  return {
    viewOf,
    change,
    load,
    async list(id) {
      const listed = await client.call('comparisons.list', { documentId: id })
      change(id, listed.ok ? { list: listed.value } : { failure: listed.failure })
    },
    async open(id, comparison) {
      const kind = comparison === null ? 'all' : firstKind(comparison)
      change(id, { open: comparison, kind, changes: [], failure: null })
      await load(id, 0)
    },
  }
}

type Making = Pick<ComparisonsSlice, 'compareDocuments' | 'compareWithFile' | 'stopComparing'>

/** Makes comparisons, one per page at a time. */
function createMaking(tools: SliceTools, { viewOf, change, list, open }: Views): Making {
  const { client } = tools
  const stops = new Map<string, AbortController>()

  async function follow(id: string, stream: Stream<ComparisonItem>): Promise<void> {
    for (;;) {
      const step = await stream.next()
      if (step.done === true) {
        change(id, { running: null, ...(step.value.ok ? {} : { failure: step.value.failure }) })
        return list(id)
      }
      const item = step.value
      if (item.type === 'progress') change(id, { running: { stage: item.stage, done: item.done, total: item.total } })
      if (item.type === 'comparison') await open(id, item.comparison)
    }
  }

  async function alone(id: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (viewOf(id).running !== null) return
    const controller = new AbortController() // taken out below
    stops.set(id, controller)
    await work(controller.signal)
    stops.delete(id)
    change(id, { running: null })
  }

  return {
    compareDocuments: (id, beforeId, afterId, fresh = false) =>
      alone(id, (signal) => {
        change(id, { running: { stage: 'reading', done: 0, total: 0 }, failure: null })
        return follow(id, client.stream('comparisons.compare', { beforeId, afterId, fresh }, { signal }))
      }),
    compareWithFile: (id, file) =>
      alone(id, async (signal) => {
        change(id, { running: { stage: 'file', done: 0, total: 0 }, failure: null })
        const added = await addFile(tools, file, signal)
        if (added === null) return
        if (!added.ok) return change(id, { failure: added.failure })
        await follow(id, client.stream('comparisons.compare', { beforeId: id, afterId: added.value }, { signal }))
      }),
    stopComparing: (id) => stops.get(id)?.abort(),
  }
}

/** One comparison per page is looked at. */
export function createComparisonsSlice(tools: SliceTools): ComparisonsSlice {
  const { get, client } = tools
  const views = createViews(tools)
  const { viewOf, change, list, load, open } = views
  return {
    comparisonViews: {},
    ...createMaking(tools, views),
    async loadComparisons(id) {
      await list(id)
      const { list: known, open: shown, running } = viewOf(id)
      const still = known.find((each) => each.id === shown?.id)
      if (running !== null) return
      if (still === undefined) await open(id, known[0] ?? null)
      else change(id, { open: still })
    },
    openComparison: open,
    async filterChanges(id, kind) {
      change(id, { kind, changes: [] })
      await load(id, 0)
    },
    loadMoreChanges: (id) => load(id, viewOf(id).changes.length),
    async removeComparison(id, comparisonId) {
      const removed = await client.call('comparisons.remove', { comparisonId })
      if (!removed.ok) return change(id, { failure: removed.failure })
      change(id, { open: null, changes: [] })
      await list(id)
    },
    openChangePlace(id, wanted, locators, text) {
      const { navigate, attachSource, showPassage } = get()
      if (wanted !== id) {
        const { open: shown, kind, changes } = viewOf(id)
        change(wanted, { open: shown, kind, changes })
        navigate('documents', wanted, 'compare')
      }
      attachSource(wanted)
      showPassage({ locators, text, claim: null })
    },
  }
}

/** Brings a file into the library without leaving the page; its id, or null when stopped. */
async function addFile(
  { client, get, set }: SliceTools,
  file: Incoming,
  signal: AbortSignal,
): Promise<Result<string> | null> {
  const refusal = refusalOf(file)
  if (refusal !== null) return { ok: false, failure: refusal }
  const origin = await originOf(client, file, signal, () => undefined)
  if (origin === null || !origin.ok) return origin
  const items = client.stream('documents.add', origin.value, { signal })
  let documentId: string | null = null
  for (;;) {
    const step = await items.next()
    if (step.done === true)
      return step.value.ok ? (documentId === null ? null : { ok: true, value: documentId }) : step.value
    if (step.value.type !== 'added') continue
    const { document } = step.value
    documentId = document.id
    set({ documents: [document, ...get().documents.filter(({ id }) => id !== document.id)] })
  }
}
