// Electron's first file: the only one that takes Electron's API itself; everything after is handed it.
import { mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import process from 'node:process'
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { fileShape } from '../node/settingsStore.ts'
import { startElectron } from './startElectron.ts'

startElectron({
  electron: {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    nativeTheme,
    Notification,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    screen,
    session,
    shell,
    utilityProcess,
  },
  platform: process.platform,
  // Unpackaged, the app's own folder is among them; only files are looked for.
  words: process.argv.slice(1),
  cwd: process.cwd(),
  home: homedir(),
  environment: process.env,
  resourcesPath: process.resourcesPath,
  isFile: (file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true,
  makeFolder,
  now: () => performance.now(),
  forceEnd,
  openSettings: async () => {
    const { default: Store } = await import('electron-store')
    return (cwd) => new Store<Record<string, unknown>>({ cwd, name: 'config', ...fileShape })
  },
})

function forceEnd(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    return // gone already
  }
}

function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return true
  } catch {
    return false // the app finds the same a moment later, and says it in the person's words
  }
}
