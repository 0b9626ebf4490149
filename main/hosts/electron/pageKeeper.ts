// A page that dies is loaded again: everything it showed is in the store, its draft in the session's memory.
import type { Logger } from '../../host.ts'
import type { BrowserWindow, Electron } from './electronApi.ts'

/** What it is made from. */
export type PageKeeperDeps = {
  readonly dialog: Electron['dialog']
  readonly logger: Logger
  readonly now: () => number
  say(key: string): string
  /** The dead page's connection is to be given up. */
  readonly onGone: (window: BrowserWindow) => void
  readonly quit: () => void
}

/** So many reloads within so long a time are tried without asking. */
const budget = { times: 3, milliseconds: 5 * 60_000 }

/** Watches a window's page until the window is closed. */
export function keepPage(window: BrowserWindow, deps: PageKeeperDeps): void {
  const deaths: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    deps.logger.error('page.gone', { reason, exitCode })
    deps.onGone(window)
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const now = deps.now()
    deaths.push(now)
    const recent = deaths.filter((at) => now - at < budget.milliseconds)
    if (recent.length <= budget.times) window.webContents.reload()
    else void askAgain(window, deps)
  })
  window.on('unresponsive', () => {
    deps.logger.warn('page.unresponsive')
    void askToWait(window, deps)
  })
}

/** It keeps dying: the person decides, and nothing that is stored is lost either way. */
async function askAgain(window: BrowserWindow, { dialog, say, quit }: PageKeeperDeps): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: say('page.gone'),
    detail: say('page.goneDetail'),
    buttons: [say('page.reload'), say('page.quit')],
    defaultId: 0,
    cancelId: 1,
  })
  if (response !== 0) return quit()
  if (!window.isDestroyed()) window.webContents.reload()
}

async function askToWait(window: BrowserWindow, { dialog, say }: PageKeeperDeps): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: say('page.hangs'),
    detail: say('page.hangsDetail'),
    buttons: [say('page.wait'), say('page.reload')],
    defaultId: 0,
    cancelId: 0,
  })
  // The dead process is told by `render-process-gone`, which loads the page again.
  if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer()
}
