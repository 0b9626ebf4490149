// Follows one batch: how it stands first, then every change of the batch and of its documents.
import type { Batch, BatchDocument, BatchItem } from '#contract/batch.ts'
import type { Job } from '#contract/job.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import { ItemStream } from './itemStream.ts'

/** What is asked while following. */
export type BatchSight = {
  get(): Promise<Result<Batch>>
  watch(jobId: string, listener: (job: Job) => void): () => void
  document(document: BatchDocument): Promise<Result<BatchDocument>>
}

/** Opens the stream. Changes are looked at one after the other, so that none arrives before the one it follows. */
export function followBatch(sight: BatchSight, signal?: AbortSignal): Stream<BatchItem> {
  const left: (() => void)[] = []
  const stream = new ItemStream<BatchItem>(() => left.forEach((leave) => leave()))
  const follower = new Follower(sight, stream, (stop) => (stream.ended ? stop() : left.push(stop)))
  const leave = () => void stream.return(ok(undefined))
  signal?.addEventListener('abort', leave, { once: true })
  left.push(() => signal?.removeEventListener('abort', leave))
  if (signal?.aborted === true) leave()
  else follower.look()
  return stream
}

class Follower {
  readonly #sight: BatchSight
  readonly #stream: ItemStream<BatchItem>
  readonly #onLeft: (stop: () => void) => unknown
  readonly #watched = new Set<string>()
  #documents: BatchDocument[] = []
  #known = false
  #work: Promise<void> = Promise.resolve()

  constructor(sight: BatchSight, stream: ItemStream<BatchItem>, onLeft: (stop: () => void) => unknown) {
    this.#sight = sight
    this.#stream = stream
    this.#onLeft = onLeft
  }

  /** Looks at the whole batch: at first, and whenever its own job changes. */
  look(): void {
    this.#next(() => this.#lookNow())
  }

  #next(work: () => Promise<void>): void {
    this.#work = this.#work.then(work).catch((error: unknown) => this.#stream.breakOff(error))
  }

  async #lookNow(): Promise<void> {
    if (this.#stream.ended) return
    const batch = await this.#sight.get()
    if (!batch.ok) return this.#stream.end(batch)
    const { job, documents } = batch.value
    this.#watch(job.id, () => this.look())
    for (const { jobId } of documents) if (jobId !== null) this.#watch(jobId, () => this.#lookAt(jobId))
    if (this.#known) {
      this.#stream.push({ type: 'job', job })
      documents.forEach((document, at) => this.#tell(at, document))
    } else this.#stream.push({ type: 'batch', batch: batch.value })
    this.#documents = [...documents]
    this.#known = true
    this.#endWith(batch.value)
  }

  #lookAt(jobId: string): void {
    this.#next(async () => {
      const at = this.#documents.findIndex((document) => document.jobId === jobId)
      const known = this.#documents[at]
      if (known === undefined || this.#stream.ended) return
      const now = await this.#sight.document(known)
      if (now.ok) this.#tell(at, now.value)
    })
  }

  #tell(at: number, document: BatchDocument): void {
    if (JSON.stringify(this.#documents[at]) === JSON.stringify(document)) return
    this.#documents[at] = document
    this.#stream.push({ type: 'document', at, document })
  }

  #watch(jobId: string, listener: () => void): void {
    if (this.#watched.has(jobId)) return
    this.#watched.add(jobId)
    this.#onLeft(this.#sight.watch(jobId, listener))
  }

  #endWith({ job, overview }: Batch): void {
    switch (job.state) {
      case 'queued':
      case 'running':
      case 'paused':
        return
      case 'done':
        if (overview !== null) this.#stream.push({ type: 'overview', overview })
        this.#stream.push({ type: 'finished', reason: 'complete' })
        return this.#stream.end(ok(undefined))
      case 'failed':
        return this.#stream.end(
          job.failure === null ? fail('internal', { id: job.id }) : { ok: false, failure: job.failure },
        )
      case 'stopped':
      case 'interrupted':
        this.#stream.push({ type: 'finished', reason: 'stopped' })
        return this.#stream.end(ok(undefined))
    }
  }
}
