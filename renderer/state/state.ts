// The one state of the window, made of slices.
import type { BatchesSlice } from './batchesSlice.ts'
import type { ChatSlice } from './chatSlice.ts'
import type { CloudSlice } from './cloudSlice.ts'
import type { ComparisonsSlice } from './comparisonsSlice.ts'
import type { DocumentsSlice } from './documentsSlice.ts'
import type { ExportsSlice } from './exportsSlice.ts'
import type { FirstRunSlice } from './firstRunSlice.ts'
import type { JobsSlice } from './jobsSlice.ts'
import type { LedgerSlice } from './ledgerSlice.ts'
import type { LibrarySlice } from './librarySlice.ts'
import type { MachineSlice } from './machineSlice.ts'
import type { ModelsSlice } from './modelsSlice.ts'
import type { QuestionsSlice } from './questionsSlice.ts'
import type { RouteSlice } from './routeSlice.ts'
import type { SettingsSlice } from './settingsSlice.ts'
import type { SupplySlice } from './supplySlice.ts'
import type { SystemSlice } from './systemSlice.ts'
import type { WindowSlice } from './windowSlice.ts'

/** Everything the window knows and can do. */
export type State = RouteSlice &
  SystemSlice &
  SettingsSlice &
  ModelsSlice &
  SupplySlice &
  MachineSlice &
  FirstRunSlice &
  LedgerSlice &
  DocumentsSlice &
  LibrarySlice &
  QuestionsSlice &
  ChatSlice &
  JobsSlice &
  BatchesSlice &
  CloudSlice &
  ComparisonsSlice &
  ExportsSlice &
  WindowSlice
