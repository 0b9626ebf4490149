// Electron's main process for tests: every call is noted in order, nothing is shown, answers are in the test's hands.
import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from 'electron'
import type { Electron } from '../../main/hosts/electron/electronApi.ts'
import { FakeSession, FakeWindow, type Note } from './fakeElectronPage.ts'
import { FakeUtilityProcess } from './fakeUtilityProcess.ts'

/** What a test may set beforehand. */
export type FakeElectronOptions = {
  readonly packaged?: boolean
  /** False: another Sotto holds the lock. */
  readonly first?: boolean
  /** The button pressed in every dialog. */
  readonly response?: number
  readonly dark?: boolean
}

type Call = readonly [name: string, ...values: readonly unknown[]]

class FakeApp extends EventEmitter {
  readonly isPackaged: boolean
  readonly ready = Promise.withResolvers<void>()
  readonly exited = Promise.withResolvers<number>()
  readonly #note: Note
  readonly #first: boolean

  constructor(note: Note, { packaged = false, first = true }: FakeElectronOptions) {
    super()
    this.#note = note
    this.isPackaged = packaged
    this.#first = first
  }

  override on(event: string, listener: (...values: never[]) => void): this {
    this.#note('app.on', event)
    return super.on(event, listener as (...values: unknown[]) => void) // as: each event is emitted with its own values
  }

  enableSandbox = () => this.#note('app.enableSandbox')
  setName = (name: string) => this.#note('app.setName', name)
  setAppUserModelId = (id: string) => this.#note('app.setAppUserModelId', id)
  setPath = (name: string, path: string) => this.#note('app.setPath', name, path)
  getLocale = () => 'en-GB'
  quit = () => this.#note('app.quit')
  exit = (code: number) => {
    this.#note('app.exit', code)
    this.exited.resolve(code)
  }
  whenReady = () => {
    this.#note('app.whenReady')
    return this.ready.promise
  }
  requestSingleInstanceLock = (extra: unknown) => {
    this.#note('app.requestSingleInstanceLock', extra)
    return this.#first
  }
  commandLine = {
    appendSwitch: (name: string, value?: string) => this.#note('commandLine.appendSwitch', name, value),
    removeSwitch: (name: string) => this.#note('commandLine.removeSwitch', name),
  }
}

/** The fake and everything it remembers. */
export type FakeElectron = {
  readonly electron: Electron
  readonly app: FakeApp
  readonly ipcMain: EventEmitter
  readonly powerMonitor: EventEmitter
  /** Every call in order, with its values. */
  readonly calls: Call[]
  readonly sessions: FakeSession[]
  readonly windows: FakeWindow[]
  readonly children: FakeUtilityProcess[]
  readonly menus: MenuItemConstructorOptions[][]
  /** What dialogs showed. */
  readonly dialogs: Readonly<Record<string, unknown>>[]
  readonly opened: string[]
  /** Blockers that hold now. */
  readonly blockers: Set<number>
}

/** Makes one; `app.ready.resolve()` is what Electron does when it is ready. */
export function createFakeElectron(options: FakeElectronOptions = {}): FakeElectron {
  const calls: Call[] = []
  const note: Note = (name, ...values) => void calls.push([name, ...values])
  const app = new FakeApp(note, options)
  const memory = { sessions: [], windows: [], children: [], menus: [], dialogs: [], opened: [] } as Pick<
    FakeElectron,
    'sessions' | 'windows' | 'children' | 'menus' | 'dialogs' | 'opened'
  > // as: empty lists know no type of their own
  const blockers = new Set<number>()
  const ipcMain = new EventEmitter()
  const powerMonitor = Object.assign(new EventEmitter(), { isOnBatteryPower: () => false })
  const electron = {
    app,
    ipcMain,
    powerMonitor,
    BrowserWindow: windowClass(app, memory.windows, note),
    dialog: {
      showMessageBox: async (shown: Readonly<Record<string, unknown>>) => {
        memory.dialogs.push(shown)
        return { response: options.response ?? 0 }
      },
      showErrorBox: (title: string, content: string) => void memory.dialogs.push({ title, content }),
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => void memory.menus.push(menu),
    },
    Notification: notificationClass(note),
    nativeTheme: { shouldUseDarkColors: options.dark ?? false },
    powerSaveBlocker: {
      start: (kind: string) => {
        note('powerSaveBlocker.start', kind)
        blockers.add(blockers.size + 1)
        return blockers.size
      },
      stop: (id: number) => {
        note('powerSaveBlocker.stop', id)
        blockers.delete(id)
      },
    },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown) => note('protocol.registerSchemesAsPrivileged', schemes),
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
    session: {
      fromPartition: (partition: string, settings: unknown) => {
        note('session.fromPartition', partition, settings)
        const made = new FakeSession(partition, note)
        memory.sessions.push(made)
        app.emit('session-created', made)
        return made
      },
    },
    shell: { openExternal: async (address: string) => void memory.opened.push(address) },
    utilityProcess: {
      fork: (...asked: ConstructorParameters<typeof FakeUtilityProcess>) => {
        const child = new FakeUtilityProcess(...asked)
        memory.children.push(child)
        return child
      },
    },
  } as unknown as Electron // as: the fake has what the product uses of Electron
  return { electron, app, ipcMain, powerMonitor, calls, blockers, ...memory }
}

/** Notices are noted with their title when shown; a test presses one through what `note` was given. */
function notificationClass(note: Note) {
  return class extends EventEmitter {
    readonly title: string

    constructor({ title }: { readonly title: string }) {
      super()
      this.title = title
    }

    static isSupported = () => true
    show = () => note('Notification.show', this.title)
  }
}

function windowClass(app: EventEmitter, windows: FakeWindow[], note: Note): typeof FakeWindow {
  return class extends FakeWindow {
    constructor(made: BrowserWindowConstructorOptions) {
      super(made)
      note('BrowserWindow')
      windows.push(this)
      this.on('closed', () => void windows.splice(windows.indexOf(this), 1))
      app.emit('web-contents-created', {}, this.webContents)
    }

    static getAllWindows(): readonly FakeWindow[] {
      return windows
    }

    static getFocusedWindow(): FakeWindow | null {
      return windows.at(-1) ?? null
    }
  }
}
