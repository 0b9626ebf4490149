// What a provider's refusal means: status codes and error types as coded failures.
import type { Failure } from '#contract/failures.ts'
import { failureOf } from '#contract/result.ts'

/** Whom a failure names, and what had left by then. */
export type FailureAbout = {
  readonly provider: string
  readonly model: string
  readonly host: string
  readonly sentBytes: number
}

/** The failure of an answer whose status is not 200. `html` says that a web page came in place of an answer. */
export function statusFailure(status: number, retryAfterSeconds: number, html: boolean, about: FailureAbout): Failure {
  const { provider, model, host, sentBytes } = about
  if (html && status < 500) return failureOf('cloud-captive-portal', { host, sentBytes })
  switch (status) {
    case 401:
      return failureOf('cloud-key-refused', { provider, sentBytes })
    case 403:
      return failureOf('cloud-not-permitted', { provider, sentBytes })
    case 404:
      return failureOf('cloud-model-unknown', { provider, model, sentBytes })
    case 413:
      return failureOf('cloud-too-large', { provider, sentBytes })
    case 429:
      return failureOf('cloud-rate-limited', { provider, retryAfterSeconds, sentBytes })
    case 529:
      return failureOf('cloud-overloaded', { provider, retryAfterSeconds, sentBytes })
    default:
      return status >= 500
        ? failureOf('cloud-unavailable', { provider, status, sentBytes })
        : failureOf('cloud-request-refused', { provider, status, sentBytes })
  }
}

/** Error types that come inside a stream, as the status they would have had. */
const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  insufficient_quota: 429,
  api_error: 500,
  server_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

/** The failure of an error event in the middle of a stream. */
export function eventFailure(kind: string, about: FailureAbout): Failure {
  return statusFailure(statusOfType[kind] ?? 500, 0, false, about)
}

/** Seconds a `retry-after` header asks to wait: a number, or a date seen from `nowMs`; 0 when it says neither. */
export function retryAfterOf(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds))
  const date = Date.parse(header)
  return Number.isNaN(date) ? 0 : Math.max(0, Math.ceil((date - nowMs) / 1000))
}

/** The failure of a request the door could not bring through, in the cloud's words. */
export function doorFailure(failure: Failure, about: FailureAbout): Failure {
  const { provider, host, sentBytes } = about
  if (failure.code === 'egress-refused' && failure.details.reason === 'redirect') {
    return failureOf('cloud-redirected', { host, sentBytes })
  }
  if (failure.code !== 'network-failed') return failure
  const { reason } = failure.details
  if (reason.startsWith('PROXY_') && !reason.startsWith('PROXY_STATUS') && reason !== 'PROXY_UNSUPPORTED') {
    return failureOf('proxy-refused', { scheme: reason.slice('PROXY_'.length) })
  }
  // After the first byte it is a broken connection: who was at the other end had been settled before.
  if (certificateCode.test(reason) && sentBytes === 0) return failureOf('cloud-certificate', { host, reason })
  if (reason === 'UND_ERR_HEADERS_TIMEOUT' || reason === 'UND_ERR_BODY_TIMEOUT') {
    return failureOf('cloud-stalled', { provider, seconds: reason === 'UND_ERR_BODY_TIMEOUT' ? 120 : 300, sentBytes })
  }
  return failureOf('cloud-unreachable', { host, reason, sentBytes })
}

const certificateCode =
  /^(CERT_|CRL_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|INVALID_CA|PATH_LENGTH|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH|EPROTO)/

/** Failures after which a second provider may be asked, if the consent named it: this one is down, not the request wrong. */
export function mayFailOver(failure: Failure): boolean {
  return ['cloud-rate-limited', 'cloud-overloaded', 'cloud-unavailable', 'cloud-unreachable'].includes(failure.code)
}
