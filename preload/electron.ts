// `window.sotto` in Electron: the FramePort over the one IPC channel, and the path of a file a person dropped or chose.
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { openElectronPort } from './electronPort.ts'

contextBridge.exposeInMainWorld('sotto', {
  ...openElectronPort(ipcRenderer),
  pathOf: (file: File) => webUtils.getPathForFile(file),
})
