// The first turn of the Electron process, in its order: clean, closed, alone, listening; then ready, and the host runs.
import path from 'node:path'
import { z } from 'zod'
import { defaultDataFolder } from '../node/defaultDataFolder.ts'
import { appId } from './address.ts'
import { forgetVariables, prepareElectron } from './beforeReady.ts'
import { guardContents } from './contentsGuard.ts'
import type { Session } from './electronApi.ts'
import { ElectronHost } from './electronHost.ts'
import type { ElectronWorld } from './electronWorld.ts'
import { dataFolderAmong, filesAmong } from './openedFiles.ts'
import { guardSession } from './sessionGuard.ts'

/** What a second start hands over; anything else in it is not looked at. */
const handedOver = z.object({ files: z.array(z.string().max(4096)).max(50) })

/**
 * Starts Sotto in Electron. Answers the host, or null where another Sotto runs already: it was handed our files and
 * comes to the front, and this process ends.
 */
export function startElectron(world: ElectronWorld): ElectronHost | null {
  const { electron, environment, platform, home, words, cwd, isFile } = world
  const { app } = electron
  forgetVariables(environment)
  const data = dataFolderAmong(words, cwd) ?? defaultDataFolder({ platform, environment, home })
  const chromium = path.join(data, 'chromium')
  prepareElectron(electron, world.makeFolder(chromium) ? { data, chromium } : null)
  if (platform === 'win32') app.setAppUserModelId(appId)
  const host = new ElectronHost(world, data)
  const guarded = new WeakSet<Session>()
  app.on('session-created', (session) => {
    if (guarded.has(session)) return
    guarded.add(session)
    guardSession(session, (kind) => host.refused(kind))
  })
  app.on('web-contents-created', (_event, contents) => guardContents(contents, (address) => host.asked(address)))
  const files = filesAmong(words, { cwd, isFile })
  if (!app.requestSingleInstanceLock({ files })) {
    app.quit()
    return null
  }
  app.on('second-instance', (_event, _words, _cwd, extra) => {
    const given = handedOver.safeParse(extra)
    host.bring(given.success ? given.data.files.filter((file) => path.isAbsolute(file) && isFile(file)) : [])
  })
  app.on('open-file', (event, file) => {
    event.preventDefault()
    host.bring(isFile(file) ? [file] : [])
  })
  app.on('activate', () => host.bring([]))
  app.on('window-all-closed', () => void host.withoutWindow())
  app.on('will-quit', (event) => host.onQuit(event))
  void app.whenReady().then(() => host.run(files))
  return host
}
