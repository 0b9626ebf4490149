// What every slice of the store is given: a way to change its own part, to read all, and the client.
import type { Client } from '#client'
import type { State } from './state.ts'

/** Tools of a slice. `set` merges; slices only set keys they declare. */
export type SliceTools = {
  readonly set: (change: Partial<State>) => void
  readonly get: () => State
  readonly client: Client
}
