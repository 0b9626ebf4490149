// What a public request may ask for and what comes of it. Types only.
import type { Result } from '#contract/result.ts'

/** What a public request may ask for. `range` is in bytes, both ends included; without `to` it runs to the end. */
export type PublicOptions = {
  readonly method: 'GET' | 'HEAD'
  readonly range?: { readonly from: number; readonly to?: number } | undefined
  readonly signal: AbortSignal
}

/** How a body ended when nothing failed. `receivedBytes` counts the bytes handed on. */
export type BodyEnd = { readonly reason: 'complete' | 'stopped'; readonly receivedBytes: number }

/**
 * The pieces of a body, then how it ended: `network-failed` when it was cut, `local-only` when the way out was closed
 * meanwhile. Read it to the end, break off, or abort the signal; until then its connection stays open.
 */
export type BodyStream = AsyncGenerator<Uint8Array, Result<BodyEnd>, void>

/** An answer of any status, or that it was stopped before one came. Headers are lower-case and only those a download needs. */
export type PublicFetch =
  | {
      readonly outcome: 'response'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: BodyStream
    }
  | { readonly outcome: 'stopped' }
