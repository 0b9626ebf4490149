// What is known of one running summary, told to everyone who follows it.
import type { GistSentence, Summary, SummaryItem } from '#contract/summary.ts'
import type { ItemStream } from './itemStream.ts'

type ItemOf<Type extends SummaryItem['type']> = Extract<SummaryItem, { type: Type }>

/** Keeps the newest of everything for late followers; partials by chunk. */
export class SummaryBoard {
  readonly #followers = new Set<ItemStream<SummaryItem>>()
  readonly #partials = new Map<number, ItemOf<'partial'>>()
  #gist: ItemOf<'gist'> | undefined
  #planned: ItemOf<'planned'> | undefined
  #progress: ItemOf<'progress'> | undefined
  #summary: ItemOf<'summary'> | undefined

  /** The finished summary, once there. */
  get summary(): Summary | undefined {
    return this.#summary?.summary
  }

  /** True when followers have the gist. */
  get hasGist(): boolean {
    return this.#gist !== undefined
  }

  /** True while somebody follows. */
  get followed(): boolean {
    return this.#followers.size > 0
  }

  /** Forgets an earlier run, except the gist. */
  reset(): void {
    this.#partials.clear()
    this.#planned = undefined
    this.#progress = undefined
    this.#summary = undefined
  }

  /** Gives a follower everything so far, then every item as it comes, until `leave`. */
  join(follower: ItemStream<SummaryItem>): void {
    const known = [this.#gist, this.#planned, ...this.#partials.values(), this.#progress, this.#summary]
    for (const item of known) if (item !== undefined) follower.push(item)
    this.#followers.add(follower)
  }

  /** Ends what `join` began. */
  leave(follower: ItemStream<SummaryItem>): void {
    this.#followers.delete(follower)
  }

  /** The gist, told once however often it is given. */
  gist(sentences: GistSentence[]): void {
    if (this.#gist !== undefined) return
    this.#gist = { type: 'gist', sentences }
    this.#tell(this.#gist)
  }

  /** The plan of this run. */
  planned(plan: Omit<ItemOf<'planned'>, 'type'>): void {
    this.#planned = { type: 'planned', ...plan }
    this.#tell(this.#planned)
  }

  /** Where the run is. */
  progress(progress: Omit<ItemOf<'progress'>, 'type'>): void {
    this.#progress = { type: 'progress', ...progress }
    this.#tell(this.#progress)
  }

  /** What one chunk gave. */
  partial(chunk: number, text: string): void {
    const item: ItemOf<'partial'> = { type: 'partial', chunk, text }
    this.#partials.set(chunk, item)
    this.#tell(item)
  }

  /** The finished summary. */
  finished(summary: Summary): void {
    this.#summary = { type: 'summary', summary }
    this.#tell(this.#summary)
  }

  #tell(item: SummaryItem): void {
    for (const follower of this.#followers) follower.push(item)
  }
}
