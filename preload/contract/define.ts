// The two shapes a method of the contract can have.
import type { z } from 'zod'

/** One question, one answer. */
export type CallShape<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly kind: 'call'
  readonly input: I
  readonly output: O
}

/** One question, many items; the last item has `type: 'finished'`. Items are deltas, never whole state. */
export type StreamShape<I extends z.ZodType = z.ZodType, T extends z.ZodType = z.ZodType> = {
  readonly kind: 'stream'
  readonly input: I
  readonly item: T
}

/** Declares a call. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallShape<I, O> {
  return { kind: 'call', input, output }
}

/** Declares a stream. */
export function stream<I extends z.ZodType, T extends z.ZodType>(input: I, item: T): StreamShape<I, T> {
  return { kind: 'stream', input, item }
}
