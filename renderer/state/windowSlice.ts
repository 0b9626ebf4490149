// What concerns the whole window: the first load of everything, and the one Stop.
import type { SliceTools } from './slice.ts'

/** Actions over the whole window. */
export type WindowSlice = {
  /** Loads what every room needs; called once. */
  start(): Promise<void>
  /** Stops what runs in the room the person is in: the answer being written, a rewriting, or the summary being made. */
  stopEverythingHere(): void
}

/** Actions over several slices. */
export function createWindowSlice({ get }: SliceTools): WindowSlice {
  return {
    async start() {
      const state = get()
      await Promise.all([
        state.refreshSettings(),
        state.refreshSystem(),
        state.refreshModels(),
        state.refreshLedgerTotals(),
        state.refreshDocuments(),
        state.refreshLibrary(),
        state.refreshConversations(),
        state.refreshCloud(),
        state.refreshScopes(),
      ])
    },
    stopEverythingHere() {
      const state = get()
      state.dropCloudPreparing()
      if (state.route.room !== 'chat') return void state.stopSummary()
      void state.stopAnswer()
      state.stopRewrite()
    },
  }
}
