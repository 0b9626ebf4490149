// Slices of the window's state without React and without each other: only what a test builds is there.
import type { Client } from '#client'
import type { SliceTools } from '../../renderer/state/slice.ts'
import type { State } from '../../renderer/state/state.ts'

/** A state made of some slices, read and written as the store does it. */
export function buildState<T extends Partial<State>>(
  client: Client,
  build: (tools: SliceTools) => T,
): { readonly get: () => T } {
  let state: Partial<State> = {}
  const tools: SliceTools = {
    client,
    get: () => state as State, // as: a slice that reaches for one that was not built throws, which is the test's answer
    set: (change) => {
      state = { ...state, ...change }
    },
  }
  state = { ...build(tools), ...state }
  return { get: () => state as T } // as: it was built with these slices
}
