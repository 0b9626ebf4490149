// The one window: made, placed, loaded, brought to the front, remembered.
import type { Logger } from '../../host.ts'
import { pageAddress } from './address.ts'
import type { BrowserWindow, Electron, Session, WebContents } from './electronApi.ts'
import { keepPage } from './pageKeeper.ts'
import { makeWindow } from './windowFactory.ts'
import { placeOn, type PlaceFile } from './windowPlace.ts'

/** What it is made from. */
export type WindowKeeperDeps = {
  readonly electron: Pick<Electron, 'app' | 'BrowserWindow' | 'dialog' | 'nativeTheme' | 'screen'>
  readonly session: Session
  /** The bridge, absolute. */
  readonly preload: string
  readonly places: Pick<PlaceFile, 'read' | 'write'>
  readonly logger: Logger
  readonly now: () => number
  say(key: string): string
  readonly onGone: (contents: WebContents) => void
}

/** The desk of each theme, so that nothing flashes before the page paints. */
const desks = { light: '#f1efe9', dark: '#121416' } as const

/** Holds the window; `show` makes one where there is none. */
export class WindowKeeper {
  readonly #deps: WindowKeeperDeps
  #window: BrowserWindow | undefined

  constructor(deps: WindowKeeperDeps) {
    this.#deps = deps
  }

  /** True for the page of our window, and for no other page Electron may make. */
  isOurs(contents: WebContents): boolean {
    return this.#window?.webContents === contents
  }

  /** Brings the window to the front, making it first where it was closed. */
  show(): void {
    const open = this.#window
    if (open === undefined) return this.#make()
    if (open.isMinimized()) open.restore()
    open.show()
    open.focus()
  }

  #make(): void {
    const { electron, session, preload, places, onGone } = this.#deps
    const screens = electron.screen.getAllDisplays().map(({ workArea }) => workArea)
    const window = makeWindow(electron, {
      session,
      preload,
      place: placeOn(places.read(), screens),
      background: electron.nativeTheme.shouldUseDarkColors ? desks.dark : desks.light,
    })
    this.#window = window
    const contents = window.webContents
    keepPage(window, {
      ...this.#deps,
      dialog: electron.dialog,
      onGone: () => onGone(contents),
      quit: () => electron.app.quit(),
    })
    window.on('close', () => {
      void places.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
    })
    window.on('closed', () => {
      this.#window = undefined
      onGone(contents)
    })
    void window.loadURL(pageAddress)
  }
}
