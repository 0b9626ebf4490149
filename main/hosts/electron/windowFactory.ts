// The one place where a window is made, with every safe default written out.
import type { WebPreferences } from 'electron'
import type { BrowserWindow, Electron, Session } from './electronApi.ts'
import type { WindowPlace } from './windowPlace.ts'

/** What a window is made from. */
export type WindowPlan = {
  readonly session: Session
  /** The bridge, absolute: one CommonJS file. */
  readonly preload: string
  readonly place: WindowPlace
  /** What shows before the page paints. */
  readonly background: string
}

/** The settings of the page's process; tools for developers only outside a package. */
export function safePreferences(plan: Pick<WindowPlan, 'preload' | 'session'>, isPackaged: boolean): WebPreferences {
  return {
    session: plan.session,
    preload: plan.preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    plugins: false,
    spellcheck: false,
    devTools: !isPackaged,
    autoplayPolicy: 'document-user-activation-required',
  }
}

/** Makes a hidden window; it is shown once its page has painted, so nothing flashes. */
export function makeWindow(electron: Pick<Electron, 'app' | 'BrowserWindow'>, plan: WindowPlan): BrowserWindow {
  const { place, background } = plan
  const window = new electron.BrowserWindow({
    ...place.bounds,
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'Sotto',
    backgroundColor: background,
    autoHideMenuBar: true,
    webPreferences: safePreferences(plan, electron.app.isPackaged),
  })
  if (place.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  return window
}
