// Files on their way into the library: two at a time, each with its own outcome, the rest going on whatever happens.
import type { CoverageUnit, DocumentRecord, ReadItem } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { SliceTools } from '../slice.ts'
import { refusalOf, type Incoming } from './incoming.ts'
import { originOf } from './upload.ts'

/** How far one file is. `sending` and `reading` count in bytes and in the document's unit. */
export type Arrival = {
  readonly id: number
  readonly name: string
  readonly state: 'waiting' | 'sending' | 'reading' | 'added' | 'failed'
  readonly unit: CoverageUnit | 'byte' | null
  readonly done: number
  readonly total: number
  readonly failure: Failure | null
}

/** The queue of files. Entries stay until the queue is empty; those that failed stay until they are dismissed. */
export type ArrivalsPart = {
  readonly arrivals: readonly Arrival[]
  /** Puts things in the queue; a single one is shown as soon as it is read. */
  addIncoming(incoming: readonly Incoming[]): Promise<void>
  /** Stops what is being read and forgets what waits. */
  stopArrivals(): void
  dismissArrivals(): void
  /** Brings a file that failed once more, with the password of its document. */
  unlockArrival(id: number, password: string): Promise<void>
}

type Waiting = { readonly id: number; readonly incoming: Incoming; readonly alone: boolean }
/** Files read at the same time: one reader waits for the disk while the other works. */
const atOnce = 2

type Change = Partial<Omit<Arrival, 'id' | 'name'>>

/** Brings one file; `failed` keeps those that may be brought again, by their entry. */
function createBringing({ set, get, client }: SliceTools, onAdded: OnAdded) {
  const failed = new Map<number, Waiting>()

  function change(id: number, changes: Change): void {
    set({ arrivals: get().arrivals.map((one) => (one.id === id ? { ...one, ...changes } : one)) })
  }

  function take(id: number, item: ReadItem, alone: boolean): void {
    if (item.type === 'progress') change(id, { state: 'reading', unit: item.unit, done: item.read, total: item.total })
    if (item.type !== 'added') return
    change(id, { state: 'added' })
    onAdded(item.document, alone)
  }

  function refuse(one: Waiting, failure: Failure): void {
    failed.set(one.id, one)
    change(one.id, { state: 'failed', failure })
  }

  async function bring(one: Waiting, signal: AbortSignal): Promise<void> {
    const { id, incoming, alone } = one
    const refusal = refusalOf(incoming)
    if (refusal !== null) return refuse(one, refusal)
    const origin = await originOf(client, incoming, signal, (done, total) =>
      change(id, { state: 'sending', unit: 'byte', done, total }),
    )
    if (origin === null) return
    if (!origin.ok) return refuse(one, origin.failure)
    change(id, { state: 'reading', unit: null })
    const items = client.stream('documents.add', origin.value, { signal })
    for (;;) {
      const step = await items.next()
      if (step.done !== true) take(id, step.value, alone)
      else if (step.value.ok) return
      else return refuse(one, step.value.failure)
    }
  }

  return { failed, change, bring }
}

type OnAdded = (document: DocumentRecord, alone: boolean) => void

/** `onAdded` is told of every document that came in and whether it came alone. */
export function createArrivals(tools: SliceTools, onAdded: OnAdded): ArrivalsPart {
  const { set, get } = tools
  const { failed, change, bring } = createBringing(tools, onAdded)
  const waiting: Waiting[] = []
  const running = new Set<AbortController>()
  let workers = 0
  let nextId = 0

  async function work(): Promise<void> {
    if (workers >= atOnce) return
    workers += 1
    await takeAll(waiting, running, bring)
    workers -= 1
    if (workers === 0) set({ arrivals: get().arrivals.filter((one) => one.state === 'failed') })
  }

  async function unlockArrival(id: number, password: string): Promise<void> {
    const one = failed.get(id)
    if (one === undefined || one.incoming.kind === 'folder') return
    failed.delete(id)
    change(id, { state: 'waiting', failure: null })
    waiting.push({ ...one, incoming: { ...one.incoming, password } })
    await work()
  }

  return {
    unlockArrival,
    arrivals: [],
    async addIncoming(incoming) {
      const fresh = incoming.map((one) => ({ id: (nextId += 1), incoming: one, alone: incoming.length === 1 }))
      waiting.push(...fresh)
      set({ arrivals: [...get().arrivals, ...fresh.map(({ id, incoming: { name } }) => begun(id, name))] })
      await Promise.all(Array.from({ length: atOnce }, work))
    },
    stopArrivals() {
      const kept = new Set(waiting.splice(0).map(({ id }) => id))
      for (const controller of running) controller.abort()
      set({ arrivals: get().arrivals.filter((one) => !kept.has(one.id)) })
    },
    dismissArrivals() {
      failed.clear()
      set({ arrivals: get().arrivals.filter((one) => one.state !== 'failed') })
    },
  }
}

/** Takes from the front until nothing waits; what is in hand can be aborted by its controller in `running`. */
async function takeAll(
  waiting: Waiting[],
  running: Set<AbortController>,
  bring: (next: Waiting, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const controller = new AbortController() // gone with this file
    running.add(controller)
    await bring(next, controller.signal)
    running.delete(controller)
  }
}

function begun(id: number, name: string): Arrival {
  return { id, name, state: 'waiting', unit: null, done: 0, total: 0, failure: null }
}
