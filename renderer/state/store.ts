// Builds the one store over a client; components read selectors and call actions, never the client.
import type { Client } from '#client'
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { createBatchesSlice } from './batchesSlice.ts'
import { createChatSlice } from './chatSlice.ts'
import { createCloudSlice } from './cloudSlice.ts'
import { createComparisonsSlice } from './comparisonsSlice.ts'
import { createDocumentsSlice } from './documentsSlice.ts'
import { createExportsSlice } from './exportsSlice.ts'
import { createFirstRunSlice } from './firstRunSlice.ts'
import { createJobsSlice } from './jobsSlice.ts'
import { createLedgerSlice } from './ledgerSlice.ts'
import { createLibrarySlice } from './librarySlice.ts'
import { createMachineSlice } from './machineSlice.ts'
import { createModelsSlice } from './modelsSlice.ts'
import { createQuestionsSlice } from './questionsSlice.ts'
import { createRouteSlice } from './routeSlice.ts'
import { createSettingsSlice } from './settingsSlice.ts'
import type { State } from './state.ts'
import { createSupplySlice } from './supplySlice.ts'
import { createSystemSlice } from './systemSlice.ts'
import { createWindowSlice } from './windowSlice.ts'

/** The store over one connection. */
export function createSottoStore(client: Client): StoreApi<State> {
  return createStore<State>()((set, get) => {
    const tools = { set, get, client }
    return {
      ...createRouteSlice(tools),
      ...createSystemSlice(tools),
      ...createSettingsSlice(tools),
      ...createModelsSlice(tools),
      ...createSupplySlice(tools),
      ...createMachineSlice(tools),
      ...createFirstRunSlice(tools),
      ...createLedgerSlice(tools),
      ...createDocumentsSlice(tools),
      ...createLibrarySlice(tools),
      ...createQuestionsSlice(tools),
      ...createChatSlice(tools),
      ...createJobsSlice(tools),
      ...createBatchesSlice(tools),
      ...createCloudSlice(tools),
      ...createComparisonsSlice(tools),
      ...createExportsSlice(tools),
      ...createWindowSlice(tools),
    }
  })
}

/** The store, provided once above the shell. */
export const StoreContext = createContext<StoreApi<State> | null>(null)

/** Reads a part of the state and renders again when it changes. */
export function useSotto<T>(select: (state: State) => T): T {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('no StoreContext above this component')
  return useStore(store, select)
}
