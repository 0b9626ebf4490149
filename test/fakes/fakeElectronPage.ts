// Electron's session, page and window as tests need them: they do nothing and remember what they were told.
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle, Session, WebContents, WebFrameMain } from 'electron'

/** Notes the name of every call, in order over all parts of Electron. */
export type Note = (name: string, ...values: readonly unknown[]) => void

type Handler = (...values: never[]) => unknown

/** A session; `handlers` holds what was set, by the name of its setter. */
export class FakeSession extends EventEmitter {
  readonly handlers: Record<string, Handler> = {}
  readonly partition: string
  spellChecker = true
  readonly webRequest = {
    onBeforeRequest: (handler: Handler): void => void (this.handlers['onBeforeRequest'] = handler),
  }
  readonly protocol = {
    handle: (scheme: string, handler: Handler): void => {
      this.note('protocol.handle', scheme)
      this.handlers[`protocol:${scheme}`] = handler
    },
  }
  readonly note: Note

  constructor(partition: string, note: Note) {
    super()
    this.partition = partition
    this.note = note
  }

  setPermissionRequestHandler = this.#setter('permissionRequest')
  setPermissionCheckHandler = this.#setter('permissionCheck')
  setDevicePermissionHandler = this.#setter('devicePermission')
  setDisplayMediaRequestHandler = this.#setter('displayMedia')
  setBluetoothPairingHandler = this.#setter('bluetoothPairing')
  setUSBProtectedClassesHandler = this.#setter('usbProtectedClasses')

  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled
  }

  /** This session as the product sees it. */
  get real(): Session {
    return this as unknown as Session // as: the fake has what the product uses of a session
  }

  #setter(name: string): (handler: Handler) => void {
    return (handler: Handler): void => void (this.handlers[name] = handler)
  }
}

/** A page; `sent` is what it was sent, `frame` its top frame showing `app://sotto/`. */
export class FakeContents extends EventEmitter {
  readonly sent: unknown[] = []
  readonly frame = { origin: 'app://sotto', url: 'app://sotto/', parent: null, isDestroyed: (): boolean => false }
  destroyed = false
  reloads = 0
  crashes = 0
  webRtc = 'default'
  openHandler: ((details: { readonly url: string }) => unknown) | undefined

  isDestroyed = (): boolean => this.destroyed
  getURL = (): string => this.frame.url
  send = (channel: string, message: unknown): void => void this.sent.push([channel, message])
  reload = (): void => void (this.reloads += 1)
  forcefullyCrashRenderer = (): void => void (this.crashes += 1)
  setWindowOpenHandler = (handler: (details: { readonly url: string }) => unknown): void =>
    void (this.openHandler = handler)
  setWebRTCIPHandlingPolicy = (policy: string): void => void (this.webRtc = policy)

  /** This page as the product sees it. */
  get real(): WebContents {
    return this as unknown as WebContents // as: the fake has what the product uses of a page
  }

  /** An IPC event from this page, from its top frame unless another is given. */
  sender(frame: object | null = this.frame): { sender: WebContents; senderFrame: WebFrameMain | null } {
    return { sender: this.real, senderFrame: frame as WebFrameMain | null } // as: the fake has what the product looks at
  }
}

/** A window; `made` are all of one Electron that were not closed. */
export class FakeWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions
  readonly webContents = new FakeContents()
  readonly loaded: string[] = []
  shown = 0
  maximized = false
  minimized = false
  bounds = { x: 10, y: 20, width: 1000, height: 700 }

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }

  loadURL = async (address: string): Promise<void> => void this.loaded.push(address)
  show = (): void => void (this.shown += 1)
  focus = (): void => undefined
  restore = (): void => void (this.minimized = false)
  maximize = (): void => void (this.maximized = true)
  isMinimized = (): boolean => this.minimized
  isMaximized = (): boolean => this.maximized
  isDestroyed = (): boolean => this.webContents.destroyed
  getNormalBounds = (): Rectangle => this.bounds
}
