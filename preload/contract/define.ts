// The two shapes a method of the contract can have, and who may ask for it.
import type { z } from 'zod'

/** Who is at the other end of a connection. What comes from a window may come from whoever took it over. */
export type Caller = 'window' | 'command-line'

/** Who may ask: everyone, or the command line alone because the method reads or writes where its caller says. */
export type Reach = 'everyone' | 'command-line'

/** One question, one answer. */
export type CallShape<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly kind: 'call'
  readonly reach: Reach
  readonly input: I
  readonly output: O
}

/** One question, many items; the last item has `type: 'finished'`. Items are deltas, never whole state. */
export type StreamShape<I extends z.ZodType = z.ZodType, T extends z.ZodType = z.ZodType> = {
  readonly kind: 'stream'
  readonly reach: Reach
  readonly input: I
  readonly item: T
}

/** Declares a call. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallShape<I, O> {
  return { kind: 'call', reach: 'everyone', input, output }
}

/** Declares a stream. */
export function stream<I extends z.ZodType, T extends z.ZodType>(input: I, item: T): StreamShape<I, T> {
  return { kind: 'stream', reach: 'everyone', input, item }
}

/** The same method for the command line alone; a window that asks is refused with `command-line-only`. */
export function commandLineOnly<Shape extends CallShape | StreamShape>(shape: Shape): Shape {
  return { ...shape, reach: 'command-line' }
}
