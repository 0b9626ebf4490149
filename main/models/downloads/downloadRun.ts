// One download from its first request to the last byte: asks, appends, flushes block by block, tries again, verifies.
import type { FailureDetails } from '#contract/failures.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import type { BodyStream } from '../../egress/publicFetch.ts'
import { readAnswer, type DownloadAnswer, type DownloadReason } from '../logic/downloadAnswer.ts'
import { refusedHeader } from '../logic/leftOut.ts'
import { parseGgufHeader, type HeaderFacts } from '../logic/ggufHeader.ts'
import type { PartFile } from './partFile.ts'

/** What is on the disk for sure, and of which state of the server's file. */
export type Kept = { readonly keptBytes: number; readonly totalBytes: number | null; readonly tag: string | null }

/** What is to be fetched and what is known of it. */
export type DownloadOrder = {
  readonly name: string
  readonly address: string
  readonly exactBytes: number | null
  readonly expectedSha256: string | null
  readonly pinnedSha256: string | null
  readonly totalBytes: number | null
  readonly tag: string | null
}

/** The world of a download. `keep` stores progress; `judge` may refuse a model by its header and its full size. */
export type DownloadWorld = {
  readonly gate: Pick<EgressGate, 'fetchPublic'>
  readonly now: () => number
  /** Resolves after so many milliseconds, at once when the signal is aborted. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Bytes between two flushes; what a crash can cost at most. */
  readonly blockBytes: number
  /** Fails with `disk-full` when so many more bytes would not leave the reserve. */
  readonly room: (moreBytes: number) => Promise<Result<void>>
  readonly keep: (kept: Kept) => Promise<Result<void>>
  readonly judge: (facts: HeaderFacts, totalBytes: number) => Result<void>
  readonly onProgress: (receivedBytes: number, totalBytes: number) => void
}

/** The whole file is in the part, flushed and verified. */
export type Downloaded = { readonly facts: HeaderFacts; readonly sha256: string; readonly totalBytes: number }

/** Waits between attempts that bring less than a block; after the last the download fails. */
const patience = [1000, 2000, 4000, 8000, 16_000]
const longestWait = 300
const largestHeader = 128 * 1024 * 1024

/**
 * Downloads into `part`; null when stopped, with everything kept. Rejects with the file system's errors. Failures:
 * `download-failed`, `disk-full`, `model-invalid`, those of `judge`, of the way out and of the storage. A wrong hash,
 * size or header empties the part.
 */
export class DownloadRun {
  readonly #order: DownloadOrder
  readonly #world: DownloadWorld
  readonly #part: PartFile
  #total: number | null
  #tag: string | null
  #flushedAt: number
  #facts: HeaderFacts | null = null
  #headerFrom = 0

  constructor(order: DownloadOrder, part: PartFile, world: DownloadWorld) {
    this.#order = order
    this.#part = part
    this.#world = world
    this.#total = order.totalBytes
    this.#tag = order.tag
    this.#flushedAt = part.position
  }

  async run(signal: AbortSignal): Promise<Result<Downloaded | null>> {
    let attempt = 0
    let restarts = 0
    let flushed = this.#part.position
    while (!this.#isWhole()) {
      if (signal.aborted) return this.#stopped()
      const step = await this.#ask(signal)
      if (this.#part.position - flushed >= this.#world.blockBytes) attempt = 0
      flushed = this.#part.position
      if (step === 'more') continue
      if (step === 'stopped') return this.#stopped()
      if (step === 'restart') {
        if (++restarts > 2) return this.#failed('changing')
        await this.#empty()
        continue
      }
      if (!step.again) return this.#keptThen(step.result)
      const pause = patience[attempt++]
      if (pause === undefined || (step.seconds ?? 0) > longestWait) return this.#keptThen(step.result)
      await this.#world.wait(Math.max(pause, (step.seconds ?? 0) * 1000), signal)
    }
    return this.#verify()
  }

  /** One request and what came of it. */
  async #ask(
    signal: AbortSignal,
  ): Promise<
    | 'more'
    | 'stopped'
    | 'restart'
    | { readonly again: boolean; readonly seconds?: number | null; readonly result: Result<never> }
  > {
    const from = this.#resumable() ? this.#part.position : 0
    const range = from === 0 ? undefined : { from }
    const { gate } = this.#world
    const fetched = await gate.fetchPublic('model-download', this.#order.address, { method: 'GET', range, signal })
    if (!fetched.ok) return { again: fetched.failure.code === 'network-failed', result: fetched }
    if (fetched.value.outcome === 'stopped') return 'stopped'
    const { status, headers, body } = fetched.value
    const { exactBytes } = this.#order
    const asked = { from, totalBytes: this.#total, tag: this.#tag, exactBytes }
    const answer = readAnswer(asked, status, headers, this.#world.now())
    if (answer.kind !== 'body') {
      await body.return(ok({ reason: 'stopped', receivedBytes: 0 }))
      if (answer.kind === 'restart') return 'restart'
      if (answer.kind === 'wait') return { again: true, seconds: answer.seconds, result: this.#refusal('busy') }
      return { again: false, result: this.#refusal(answer.reason) }
    }
    try {
      return await this.#take(answer, body)
    } finally {
      await body.return(ok({ reason: 'stopped', receivedBytes: 0 }))
    }
  }

  async #take(
    answer: Extract<DownloadAnswer, { kind: 'body' }>,
    body: BodyStream,
  ): Promise<'more' | 'stopped' | { readonly again: boolean; readonly result: Result<never> }> {
    if (answer.at === 0 && this.#part.position > 0) await this.#empty()
    this.#total = answer.totalBytes
    this.#tag = answer.tag
    const room = await this.#world.room(answer.totalBytes - this.#part.position)
    if (!room.ok) return { again: false, result: room }
    for (;;) {
      const next = await body.next()
      if (next.done === true) return this.#endOf(next.value)
      const left = answer.totalBytes - this.#part.position
      await this.#part.append(next.value.subarray(0, left))
      this.#world.onProgress(this.#part.position, answer.totalBytes)
      if (next.value.length > left) return { again: false, result: this.#refusal('bad-length') }
      const full = this.#part.position - this.#flushedAt >= this.#world.blockBytes
      if (full) {
        const kept = await this.#flush()
        if (!kept.ok) return { again: false, result: kept }
      }
    }
  }

  #endOf(
    end: Result<{ readonly reason: 'complete' | 'stopped' }>,
  ): 'more' | 'stopped' | { readonly again: boolean; readonly result: Result<never> } {
    if (!end.ok) return { again: end.failure.code === 'network-failed', result: end }
    if (end.value.reason === 'stopped') return 'stopped'
    // A body that ends early without an error: the length was a lie, or was cut where nobody noticed.
    return this.#isWhole() ? 'more' : { again: true, result: this.#refusal('bad-length') }
  }

  /** Bytes from an earlier answer are only continued where something can show that they belong together. */
  #resumable(): boolean {
    return this.#total !== null && (this.#tag !== null || this.#order.expectedSha256 !== null)
  }

  #isWhole(): boolean {
    return this.#total !== null && this.#part.position === this.#total
  }

  async #flush(): Promise<Result<void>> {
    await this.#part.flush()
    this.#flushedAt = this.#part.position
    const header = await this.#lookAtHeader()
    if (!header.ok) return header
    return this.#world.keep({ keptBytes: this.#part.position, totalBytes: this.#total, tag: this.#tag })
  }

  /** Refuses as soon as enough is here to know; null facts until then. */
  async #lookAtHeader(): Promise<Result<void>> {
    const total = this.#total
    if (this.#facts !== null || total === null || this.#part.position < Math.min(this.#headerFrom, total)) {
      return ok(undefined)
    }
    const { name } = this.#order
    const outcome = parseGgufHeader(await this.#part.head(largestHeader), total)
    if (outcome.state === 'more' && outcome.upTo <= largestHeader && !this.#isWhole()) {
      this.#headerFrom = outcome.upTo
      return ok(undefined)
    }
    if (outcome.state !== 'valid') {
      await this.#empty()
      const reason = outcome.state === 'invalid' ? outcome.reason : 'header-too-large'
      return refusedHeader(name, reason)
    }
    const judged = this.#world.judge(outcome.facts, total)
    if (judged.ok) this.#facts = outcome.facts
    return judged
  }

  async #verify(): Promise<Result<Downloaded | null>> {
    const kept = await this.#flush()
    if (!kept.ok) return kept
    const sha256 = this.#part.digest()
    const { expectedSha256, pinnedSha256 } = this.#order
    const expected = expectedSha256 ?? pinnedSha256
    if (expected !== null && expected !== sha256) {
      await this.#empty()
      return this.#failed(expectedSha256 === null ? 'not-as-pinned' : 'wrong-hash')
    }
    if (this.#facts === null) return this.#failed('wrong-size')
    return ok({ facts: this.#facts, sha256, totalBytes: this.#part.position })
  }

  async #empty(): Promise<void> {
    await this.#part.restart()
    this.#total = null
    this.#tag = null
    this.#flushedAt = 0
    this.#facts = null
    this.#headerFrom = 0
    await this.#world.keep({ keptBytes: 0, totalBytes: null, tag: null })
  }

  async #stopped(): Promise<Result<null>> {
    const kept = await this.#flush()
    return kept.ok ? ok(null) : kept
  }

  async #failed(reason: DownloadReason): Promise<Result<never>> {
    return this.#keptThen(this.#refusal(reason))
  }

  /** What arrived is kept whatever went wrong; why the header or the storage objected matters less than the first reason. */
  async #keptThen(result: Result<never>): Promise<Result<never>> {
    if (this.#part.position > this.#flushedAt) await this.#flush()
    return result
  }

  #refusal(reason: FailureDetails['download-failed']['reason']): Result<never> {
    return fail('download-failed', { name: this.#order.name, reason })
  }
}
