// The two-armed result every service, adapter and call answers with, and the exhaustiveness check.
import type { Failure, FailureCode, FailureDetails } from './failures.ts'

/** Either a value or a coded failure; expected failures are never thrown. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/**
 * Items as they come, then how it ended: the generator's return value is `ok` after the last item or the failure that
 * cut it short. `for await` sees the items; whoever needs the ending drives `next()`.
 */
export type Stream<T> = AsyncGenerator<T, Result<void>, void>

/** Wraps a value as success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** Builds the failing arm from a code and its typed details. */
export function fail<C extends FailureCode>(
  code: C,
  details: FailureDetails[C],
): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: failureOf(code, details) }
}

/** Builds a failure value from a code and its typed details. */
export function failureOf<C extends FailureCode>(code: C, details: FailureDetails[C]): Failure {
  return { code, details } as Failure // as: TypeScript cannot correlate a generic code with its details
}

/** Ends a `switch` over a union: compiles only when every member was handled. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`)
}
