// Sotto in real Electron: it starts, does its main job, and what must be closed is closed.
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { wordsOf } from '../browser/words.ts'
import { findElectron, repository } from './electronBinary.ts'
import { type RunningElectron, startInElectron } from './runningElectron.ts'

const sample = path.join(repository, 'resources', 'samples', 'harbour-report.pdf')
const say = wordsOf('en')
const binary = findElectron()

describe('Sotto in Electron', () => {
  let sotto: RunningElectron
  beforeAll(async () => {
    if (!('program' in binary)) return
    sotto = await startInElectron()
    // Nobody is there to press a button.
    await sotto.app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false })
    })
  })
  afterAll(() => sotto?.close())
  beforeEach((context) => {
    if ('missing' in binary) context.skip(binary.missing)
  })

  test('launch: the window shows its first page, sandboxed, without a word on the console', async () => {
    await sotto.page.getByRole('main', { name: say('firstRun.label') }).waitFor()
    const preferences = await sotto.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const contents = window?.webContents as { getLastWebPreferences?(): Record<string, unknown> } | undefined // as: not in the typings
      return contents?.getLastWebPreferences?.() ?? {}
    })
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
    })
    expect(sotto.misdeeds).toEqual([])
  })

  test('S4: the page stands under the one policy, and reaches nobody', async () => {
    const broken = await sotto.page.evaluate(async () => {
      const seen = new Set<string>()
      const both = new Promise<void>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
          if (seen.add(effectiveDirective).size === 2) resolve()
        })
      })
      await fetch('https://example.org/').catch(() => undefined)
      const image = new Image()
      image.src = 'https://example.org/x.png'
      document.body.append(image)
      await both
      image.remove()
      return [...seen].sort()
    })
    expect(broken).toEqual(['connect-src', 'img-src'])
  })

  test('S3: the protocol gives its own files and nothing beside them', async () => {
    const statuses = await sotto.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('sotto')
      const addresses = [
        'app://sotto/',
        'app://sotto/../../package.json',
        'app://sotto/%2e%2e/package.json',
        'app://evil/',
      ]
      return Promise.all(
        addresses.map(async (address) => {
          try {
            return (await own.fetch(address, { bypassCustomProtocolHandlers: false })).status
          } catch {
            return 0
          }
        }),
      )
    })
    expect(statuses[0]).toBe(200)
    expect(statuses.slice(1).every((status) => status === 404 || status === 0)).toBe(true)
  })

  test('S6: deny handlers: a page gets no camera, no place, no notification and no screen', async () => {
    const asked = await sotto.page.evaluate(async () => {
      const named = async (name: string, ask: () => Promise<unknown>): Promise<string> => {
        try {
          return `${name}: ${String(await ask())}`
        } catch {
          return `${name}: denied`
        }
      }
      return Promise.all([
        named('camera', () => navigator.mediaDevices.getUserMedia({ video: true })),
        named('screen', () => navigator.mediaDevices.getDisplayMedia()),
        named('notification', () => Notification.requestPermission()),
        named('place', () => new Promise((done, no) => navigator.geolocation.getCurrentPosition(done, no))),
      ])
    })
    expect(asked).toEqual(['camera: denied', 'screen: denied', 'notification: denied', 'place: denied'])
  })

  test('S7: the page stays where it is and opens no window', async () => {
    await sotto.page.evaluate(() => {
      window.open('http://example.org/')
      window.location.href = 'https://example.org/'
    })
    // The answers come after the refusals: both went the same way.
    await sotto.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('1'),
    )
    expect([sotto.page.url(), sotto.app.windows().length]).toEqual(['app://sotto/', 1])
  })

  test('S9: IPC sender: another page of the same process tree is not answered', async () => {
    const answered = await sotto.app.evaluate(
      async ({ BrowserWindow }, preload) => {
        const stranger = new BrowserWindow({
          show: false,
          webPreferences: { sandbox: true, contextIsolation: true, preload },
        })
        await stranger.loadURL('data:text/html,<title>stranger</title>')
        const heard: unknown = await stranger.webContents.executeJavaScript(
          'new Promise((done) => { window.sotto?.onFrame(() => done("answered")); setTimeout(() => done("silence"), 1000) })',
        )
        stranger.destroy()
        return String(heard)
      },
      path.join(repository, 'dist', 'app', 'preload', 'electron.cjs'),
    )
    expect(answered).toBe('silence')
  })

  test('main job: a document is read, summarized by the engine in its utility process, and checked at its source', async () => {
    const { page, app } = sotto
    const button = (key: string) => page.getByRole('button', { name: say(key), exact: true })
    const chooser = page.waitForEvent('filechooser')
    await button('firstRun.own').click()
    await (await chooser).setFiles(sample)
    await button('documents.preset.start').click()
    const place = say('documents.summary.show', { place: '' }).trim()
    await page
      .getByRole('region', { name: say('documents.summary.label') })
      .getByRole('button', { name: place })
      .first()
      .waitFor()
    const names = await app.evaluate(({ app: electron }) => electron.getAppMetrics().map(({ name }) => name ?? ''))
    expect(names).toContain('Sotto inference')
    expect(sotto.misdeeds).toEqual([])
  })

  test('a crash of the engine’s process is survived: the next question starts another', async () => {
    const killed = await sotto.app.evaluate(({ app: electron }) => {
      const engine = electron.getAppMetrics().find(({ name }) => name === 'Sotto inference')
      if (engine !== undefined) process.kill(engine.pid, 'SIGKILL')
      return engine !== undefined
    })
    expect(killed).toBe(true)
    await sotto.page.getByRole('button', { name: say('shell.rail.chat'), exact: true }).click()
    const field = sotto.page.getByRole('textbox', { name: say('chat.composer.label') })
    await field.fill('What is a tide?')
    await sotto.page.keyboard.press('Enter')
    await sotto.page
      .locator('[data-message]')
      .filter({ has: sotto.page.getByRole('button', { name: say('chat.message.regenerate'), exact: true }) })
      .waitFor()
  })

  test('a crash of the window loads it again from the store, with the draft kept', async () => {
    const field = () => sotto.page.getByRole('textbox', { name: say('chat.composer.label') })
    await field().fill('A draft that must not be lost')
    const kept = () => sotto.page.evaluate(() => window.sessionStorage.getItem('sotto.drafts') ?? '')
    await expect.poll(kept).toContain('A draft that must not be lost')
    const gone = sotto.page.waitForEvent('crash')
    await sotto.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    await gone
    const draft = () =>
      sotto.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'document.querySelector("textarea")?.value ?? ""',
        ),
      )
    await expect.poll(draft, { timeout: 20_000 }).toBe('A draft that must not be lost')
  })

  test('S16: nothing the page kept lies in the data folder', async () => {
    const written = await sotto.app.evaluate(async ({ session }) => session.fromPartition('sotto').storagePath)
    expect(written).toBeNull()
  })
})
