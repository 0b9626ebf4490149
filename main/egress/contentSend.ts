// What sending content gives back. Types only.
import type { Result } from '#contract/result.ts'
import type { BodyStream } from './publicFetch.ts'

/** The head of an answer to content, and its body; `headers` are lower-case and only those the cloud needs. */
export type ContentAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: BodyStream
}

/**
 * How a send went. `sentBytes` is what left of the body at most: 0 when nothing can have. `stopped` means the signal came
 * before an answer did.
 */
export type ContentSend = {
  readonly sentBytes: number
  readonly result: Result<ContentAnswer | 'stopped'>
}
