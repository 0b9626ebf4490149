// What an answer to a download's request means; nothing a server says is taken on trust.
import type { FailureDetails } from '#contract/failures.ts'

/** Why a download cannot go on. */
export type DownloadReason = FailureDetails['download-failed']['reason']

/**
 * What was asked and is known: from which byte (0: the whole, without a range), the total and the tag of the file that
 * earlier bytes came from, and the exact size where the catalogue has it.
 */
export type Asked = {
  readonly from: number
  readonly totalBytes: number | null
  readonly tag: string | null
  readonly exactBytes: number | null
}

/**
 * `body`: the bytes that follow belong at `at`. `restart`: what is here is of another file, or the server lies about
 * ranges; begin again without one. `wait`: busy, seconds null when it did not say.
 */
export type DownloadAnswer =
  | { readonly kind: 'body'; readonly at: number; readonly totalBytes: number; readonly tag: string | null }
  | { readonly kind: 'restart' }
  | { readonly kind: 'wait'; readonly seconds: number | null }
  | { readonly kind: 'fail'; readonly reason: DownloadReason }

type Headers = Readonly<Record<string, string>>

/** Reads an answer. `now` in milliseconds since 1970 is for a Retry-After that names a date. */
export function readAnswer(asked: Asked, status: number, headers: Headers, now: number): DownloadAnswer {
  if (status === 200) return whole(asked, headers)
  if (status === 206) return piece(asked, headers)
  if (status === 416) return asked.from > 0 ? { kind: 'restart' } : { kind: 'fail', reason: 'bad-range' }
  if (status === 429 || status >= 500) return { kind: 'wait', seconds: retryAfter(headers['retry-after'], now) }
  if (status === 404 || status === 410) return { kind: 'fail', reason: 'not-found' }
  return { kind: 'fail', reason: status === 401 || status === 403 ? 'forbidden' : 'refused' }
}

/** Names one state of a file at its server: a strong ETag, else the date of its last change. */
export function tagOf(headers: Headers): string | null {
  const { etag } = headers
  if (etag !== undefined && etag !== '' && !etag.startsWith('W/')) return etag
  return headers['last-modified'] ?? null
}

/** The total a `Content-Range` names, or null when it is not what was asked for. */
export function totalOf(contentRange: string | undefined, from: number): number | null {
  const [, first, last, total] = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(contentRange ?? '') ?? []
  if (first === undefined || last === undefined || total === undefined) return null
  return Number(first) === from && Number(last) >= from && Number(last) < Number(total) ? Number(total) : null
}

function whole(asked: Asked, headers: Headers): DownloadAnswer {
  const totalBytes = lengthOf(headers) ?? asked.exactBytes
  if (totalBytes === null || totalBytes === 0) return { kind: 'fail', reason: 'no-length' }
  if (asked.exactBytes !== null && totalBytes !== asked.exactBytes) return { kind: 'fail', reason: 'wrong-size' }
  return { kind: 'body', at: 0, totalBytes, tag: tagOf(headers) }
}

function piece(asked: Asked, headers: Headers): DownloadAnswer {
  if (asked.from === 0) return { kind: 'fail', reason: 'bad-range' }
  const totalBytes = totalOf(headers['content-range'], asked.from)
  const length = lengthOf(headers)
  const tag = tagOf(headers)
  const lies = totalBytes === null || (length !== null && length !== totalBytes - asked.from)
  const other = totalBytes !== asked.totalBytes || tag !== asked.tag
  if (lies || other) return { kind: 'restart' }
  return { kind: 'body', at: asked.from, totalBytes, tag }
}

function lengthOf(headers: Headers): number | null {
  const text = headers['content-length']
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function retryAfter(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now) / 1000))
}
