// The Electron host once Electron is ready: the page first, the app behind it, and the end in order.
import path from 'node:path'
import { createClient } from '#client'
import type { Failure } from '#contract/failures.ts'
import { languageOf } from '#contract/language.ts'
import { createApp, type App } from '../../app.ts'
import { appRoot, pageRoot, resourcesFolder } from '../node/appRoot.ts'
import { createNodeHost, createNodeSpawn, type NodeHost } from '../node/createNodeHost.ts'
import { createMemoryPorts } from '../node/memoryPorts.ts'
import { createTranslator, type Translator } from '../node/translator.ts'
import { scheme } from './address.ts'
import { answerPage, filesBelow } from './appProtocol.ts'
import { createElectronSpawn } from './electronChildren.ts'
import type { ElectronWorld } from './electronWorld.ts'
import { IpcPorts } from './ipcPorts.ts'
import { menuTemplate } from './menu.ts'
import { nodeBeside } from './nodeBeside.ts'
import { openExternalSafe } from './openExternalSafe.ts'
import { JobNotices } from './jobNotices.ts'
import { PowerKeeper } from './powerKeeper.ts'
import type { RefusalHeard } from './sessionGuard.ts'
import { startUtilityChild } from './utilityChild.ts'
import { WindowKeeper } from './windowKeeper.ts'
import { PlaceFile } from './windowPlace.ts'

/** How often a host without a window asks whether its work is done, in milliseconds. */
export const busyCheckMs = 1_000

/** Everything that lives from ready to the end. */
type Running = {
  readonly nodeHost: NodeHost
  readonly words: Translator
  readonly windows: WindowKeeper
  readonly ports: IpcPorts
}

/** The host. `bring`, `asked` and `refused` may be called at any time; before `run` they wait or are dropped. */
export class ElectronHost {
  readonly #world: ElectronWorld
  readonly #data: string
  readonly #waitingFiles: string[] = []
  #running: Running | undefined
  #app: App | undefined
  #power: PowerKeeper | undefined
  #notices: JobNotices | undefined
  #ending: Promise<void> | undefined

  constructor(world: ElectronWorld, data: string) {
    this.#world = world
    this.#data = data
  }

  /** Opens the window and then the app; a data folder that cannot be opened is said in a dialog and ends the process. */
  async run(files: readonly string[]): Promise<void> {
    const { electron } = this.#world
    this.#waitingFiles.push(...files)
    const running = await this.#prepare()
    this.#running = running
    // The page paints while the data folder opens; its first questions wait for the port.
    running.windows.show()
    const opened = await createApp(running.nodeHost, { mode: 'own', resumeJobs: true })
    if (!opened.ok) return this.#fail(opened.failure)
    const app = opened.value
    this.#app = app
    running.ports.serve((port) => app.attach(port))
    const [ours, theirs] = createMemoryPorts()
    const client = createClient(ours)
    app.attach(theirs)
    this.#power = new PowerKeeper({ electron, client, logger: running.nodeHost.logger })
    await this.#power.look()
    this.#notices = new JobNotices({
      electron,
      client,
      say: (key, values) => running.words.say(`electronHost.${key}`, values),
      show: () => running.windows.show(),
    })
  }

  /** Brings files a person opened, and the window to the front. */
  bring(files: readonly string[]): void {
    this.#waitingFiles.push(...files)
    this.#running?.windows.show()
    this.#offer()
  }

  /** A page wants to open an address: the person is asked. */
  asked(address: string): void {
    const running = this.#running
    if (running === undefined) return
    const { words, nodeHost } = running
    const say = (key: string, values?: Readonly<Record<string, unknown>>) => words.say(`electronHost.${key}`, values)
    void openExternalSafe({ electron: this.#world.electron, say }, address).then(
      (outcome) => nodeHost.logger.info('link', { outcome }),
      () => nodeHost.logger.warn('link', { outcome: 'failed' }),
    )
  }

  /** Something was refused; counted by kind in the log. */
  readonly refused: RefusalHeard = (kind) => this.#running?.nodeHost.logger.warn('refused', { kind })

  /** The last window is closed: on a Mac the app stays, elsewhere it ends once its work is done. */
  async withoutWindow(): Promise<void> {
    const { electron, platform } = this.#world
    if (platform === 'darwin' || this.#ending !== undefined) return
    const busy = (await this.#app?.busy()) ?? false
    if (electron.BrowserWindow.getAllWindows().length > 0) return
    if (busy) setTimeout(() => void this.withoutWindow(), busyCheckMs)
    else electron.app.quit()
  }

  /** Ends in order: Electron's own end waits until the app has kept everything. */
  onQuit(event: { preventDefault(): void }): void {
    event.preventDefault()
    this.#ending ??= this.#end(0)
  }

  async #end(code: number): Promise<void> {
    this.#notices?.close()
    this.#power?.close()
    await this.#app?.close()
    await this.#running?.nodeHost.close()
    this.#world.electron.app.exit(code)
  }

  #fail(failure: Failure): void {
    const { electron } = this.#world
    const sentence = this.#running?.words.failure(failure)
    electron.dialog.showErrorBox(sentence?.message ?? failure.code, sentence?.nextStep ?? '')
    this.#ending ??= this.#end(1)
  }

  /** Files wait until there is a page that hears of them. */
  #offer(): void {
    if (this.#app === undefined || this.#waitingFiles.length === 0 || this.#running?.ports.talking !== true) return
    this.#app.offerFiles(this.#waitingFiles.splice(0))
  }

  async #prepare(): Promise<Running> {
    const { electron, platform, environment, openSettings } = this.#world
    const open = await openSettings?.()
    const nodeHost = await createNodeHost({
      kind: 'electron',
      dataFolder: this.#data,
      mode: 'own',
      environment,
      makeSpawn: (logger) => createElectronSpawn({ ...this.#waysToSpawn(), logger }),
      onBattery: () => electron.powerMonitor.isOnBatteryPower(),
      ...(open === undefined ? {} : { openSettings: open }),
    })
    const { logger } = nodeHost
    const chosen = nodeHost.settings.read()['language']
    const language = languageOf(chosen === 'en' || chosen === 'de' ? chosen : electron.app.getLocale())
    const words = createTranslator(language, resourcesFolder)
    const say = (key: string) => words.say(`electronHost.${key}`)
    // Without `persist:` nothing of the page is written to the disk; drafts last as long as the window.
    const session = electron.session.fromPartition('sotto', { cache: false })
    const source = filesBelow(pageRoot)
    session.protocol.handle(scheme, (request) => answerPage(source, request.method, request.url))
    electron.Menu.setApplicationMenu(
      electron.Menu.buildFromTemplate(menuTemplate({ platform, isPackaged: electron.app.isPackaged, say })),
    )
    const windows: WindowKeeper = new WindowKeeper({
      electron,
      session,
      preload: path.join(appRoot, 'preload', 'electron.cjs'),
      places: new PlaceFile(this.#data),
      logger,
      now: this.#world.now,
      say,
      onGone: (contents) => ports.drop(contents),
    })
    const ports = new IpcPorts({
      ipcMain: electron.ipcMain,
      isOurs: (contents) => windows.isOurs(contents),
      refused: (why) => logger.warn('ipc.refused', { why }),
      onTalking: () => this.#offer(),
    })
    return { nodeHost, words, windows, ports }
  }

  #waysToSpawn() {
    const { electron, environment, platform, resourcesPath, isFile, forceEnd } = this.#world
    const { isPackaged } = electron.app
    const program = nodeBeside({ platform, appRoot, resourcesPath, isPackaged, exists: isFile })
    const options = {
      utilityProcess: electron.utilityProcess,
      folder: this.#data,
      environment,
      forceEnd,
      after: (milliseconds: number, then: () => void) => void setTimeout(then, milliseconds),
    }
    return {
      utility: (...asked: Parameters<NodeHost['spawn']>) => startUtilityChild(options, ...asked),
      node: program === null ? null : createNodeSpawn(environment, program),
    }
  }
}
