// What of Electron's API this host uses, as a type: only main.ts takes the real one, and tests give a fake.
import type * as electron from 'electron'

/** The parts of Electron's main process the host is handed. */
export type Electron = Pick<
  typeof electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeTheme'
  | 'Notification'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>

export type { BrowserWindow, Notification, Session, WebContents, WebFrameMain, UtilityProcess } from 'electron'
