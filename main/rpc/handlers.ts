// What answers the contract: one handler per method, nothing else.
import type { CallMethod, Item, Output, Parsed, StreamMethod } from '#contract/index.ts'
import type { Result, Stream } from '#contract/result.ts'

/** Who calls, and when to stop: the signal's reason is `cancelled` or `disconnected`. */
export type CallContext = { readonly signal: AbortSignal; readonly connectionId: string }

/** Answers one question. */
export type CallHandler<M extends CallMethod> = (input: Parsed<M>, context: CallContext) => Promise<Result<Output<M>>>

/** Yields the items of one stream; its return value says how it ended. */
export type StreamHandler<M extends StreamMethod> = (input: Parsed<M>, context: CallContext) => Stream<Item<M>>

/** One handler for every method of the contract. */
export type Handlers = { readonly [M in CallMethod]: CallHandler<M> } & {
  readonly [M in StreamMethod]: StreamHandler<M>
}
