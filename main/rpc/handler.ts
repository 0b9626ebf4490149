// The shapes of what answers the contract. Types only.
import type { CallMethod, Item, Output, Parsed, StreamMethod } from '#contract/index.ts'
import type { Result, Stream } from '#contract/result.ts'

/** Who calls, and when to stop: the signal's reason is `cancelled` or `disconnected`. */
export type CallContext = { readonly signal: AbortSignal; readonly connectionId: string }

/** A value nobody changes on its way out; services may hand over readonly arrays. */
export type Immutable<T> = T extends (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T

/** Answers one question. */
export type CallHandler<M extends CallMethod> = (
  input: Parsed<M>,
  context: CallContext,
) => Promise<Result<Immutable<Output<M>>>>

/** Yields the items of one stream; its return value says how it ended. */
export type StreamHandler<M extends StreamMethod> = (
  input: Parsed<M>,
  context: CallContext,
) => Stream<Immutable<Item<M>>>

/** One handler for every method of the contract. */
export type Handlers = { readonly [M in CallMethod]: CallHandler<M> } & {
  readonly [M in StreamMethod]: StreamHandler<M>
}

/** A call's answer. */
export type Answer<T> = Promise<Result<Immutable<T>>>
/** A stream's items. */
export type Items<T> = Stream<Immutable<T>>
