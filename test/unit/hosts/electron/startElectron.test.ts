// The first turn of the process in its order, one Sotto at a time, and the end.
import path from 'node:path'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import type { ElectronWorld } from '../../../../main/hosts/electron/electronWorld.ts'
import { startElectron } from '../../../../main/hosts/electron/startElectron.ts'
import { createFakeElectron, type FakeElectron, type FakeElectronOptions } from '../../../fakes/fakeElectron.ts'
import { FakeContents, FakeSession } from '../../../fakes/fakeElectronPage.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function world(fake: FakeElectron, given: Partial<ElectronWorld> = {}): ElectronWorld {
  const home = mkdtempSync(path.join(tmpdir(), 'sotto-electron-'))
  folders.push(home)
  return {
    electron: fake.electron,
    platform: 'linux',
    words: [],
    cwd: '/somewhere',
    home,
    environment: { SOTTO_KEYSTORE: 'file' },
    resourcesPath: '/somewhere/resources',
    isFile: (file) => file.endsWith('.pdf'),
    makeFolder: () => true,
    now: () => 0,
    forceEnd: () => undefined,
    ...given,
  }
}

function begin(options: FakeElectronOptions = {}, given: Partial<ElectronWorld> = {}) {
  const fake = createFakeElectron(options)
  const around = world(fake, given)
  const host = startElectron(around)
  return { fake, around, host, names: fake.calls.map(([name]) => name) }
}

test('S2: the sandbox and our scheme are settled before anything waits for ready', () => {
  const { fake, names } = begin()
  expect(names.slice(0, 2)).toEqual(['app.enableSandbox', 'protocol.registerSchemesAsPrivileged'])
  expect(names.at(-1)).toBe('app.whenReady')
  expect(fake.calls[1]).toEqual([
    'protocol.registerSchemesAsPrivileged',
    [{ scheme: 'app', privileges: { standard: true, secure: true, codeCache: true, supportFetchAPI: false } }],
  ])
})

test('S2: guards listen before the lock is asked for and before ready', () => {
  const { fake } = begin()
  const order = fake.calls.map(([name, first]) => (name === 'app.on' ? `on ${String(first)}` : name))
  const at = (name: string) => order.indexOf(name)
  expect(at('on session-created')).toBeLessThan(at('app.requestSingleInstanceLock'))
  expect(at('on web-contents-created')).toBeLessThan(at('app.requestSingleInstanceLock'))
  expect(at('app.requestSingleInstanceLock')).toBeLessThan(at('app.whenReady'))
})

test('S11: every session is guarded as it is made, and every page', () => {
  const { fake } = begin()
  const session = new FakeSession('another', () => undefined)
  const page = new FakeContents()
  fake.app.emit('session-created', session)
  fake.app.emit('web-contents-created', {}, page)
  expect(Object.keys(session.handlers).sort()).toEqual([
    'bluetoothPairing',
    'devicePermission',
    'displayMedia',
    'onBeforeRequest',
    'permissionCheck',
    'permissionRequest',
    'usbProtectedClasses',
  ])
  expect([page.webRtc, page.openHandler?.({ url: 'https://example.org/' })]).toEqual([
    'disable_non_proxied_udp',
    { action: 'deny' },
  ])
})

test('S11: Chromium asks for no name and calls nobody by itself', () => {
  const { fake } = begin()
  const switches = fake.calls.filter(([name]) => name === 'commandLine.appendSwitch').map(([, ...values]) => values)
  expect(switches).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND'])
  expect(switches).toContainEqual(['disable-background-networking', undefined])
  expect(switches).toContainEqual(['webrtc-ip-handling-policy', 'disable_non_proxied_udp'])
  expect(switches).toContainEqual(['force-webrtc-ip-handling-policy', 'disable_non_proxied_udp'])
})

test.each([
  { packaged: true, removed: true },
  { packaged: false, removed: false },
])('a package takes no debugging port and no weaker wall from its command line: $packaged', ({ packaged, removed }) => {
  const { fake } = begin({ packaged })
  const names = fake.calls.filter(([name]) => name === 'commandLine.removeSwitch').map(([, name]) => name)
  expect(['remote-debugging-port', 'no-sandbox', 'disable-web-security'].every((name) => names.includes(name))).toBe(
    removed,
  )
})

test('what steers Electron or a provider from outside is removed from the environment', () => {
  const environment = {
    ELECTRON_RUN_AS_NODE: '1',
    electron_extra: '1',
    ANTHROPIC_BASE_URL: 'https://evil.example',
    OPENAI_API_KEY: 'key',
    LANG: 'de_DE.UTF-8',
  }
  const { around } = begin({}, { environment })
  expect(around.environment).toEqual({ LANG: 'de_DE.UTF-8' })
})

test('the data folder is the one every host uses, and --data another; Chromium keeps to a folder inside it', () => {
  const usual = begin()
  const named = begin({}, { words: ['--data', 'mine'] })
  const paths = (fake: FakeElectron) =>
    fake.calls.filter(([name]) => name === 'app.setPath').map(([, ...values]) => values)
  expect(paths(usual.fake)[0]).toEqual(['userData', path.join(usual.around.home, '.config', 'Sotto')])
  expect(paths(named.fake)).toEqual([
    ['userData', '/somewhere/mine'],
    ['sessionData', '/somewhere/mine/chromium'],
  ])
})

test('a data folder that cannot be made leaves Electron to its own folders', () => {
  const asked: string[] = []
  const makeFolder = (folder: string) => asked.push(folder) === 0
  const { fake } = begin({}, { words: ['--data', 'mine'], makeFolder })
  expect({ asked, set: fake.calls.filter(([name]) => name === 'app.setPath') }).toEqual({
    asked: ['/somewhere/mine/chromium'],
    set: [],
  })
})

test('on Windows it has the name its shortcuts have, or no notice would be shown; elsewhere there is no such call', () => {
  const named = (platform: string) =>
    begin({}, { platform }).fake.calls.filter(([name]) => name === 'app.setAppUserModelId')
  const configured = readFileSync(path.resolve(import.meta.dirname, '../../../../electron-builder.yml'), 'utf8')
  const appId = /^appId: (\S+)$/m.exec(configured)?.[1]
  expect([named('win32'), named('linux')]).toEqual([[['app.setAppUserModelId', appId]], []])
})

test('S15: a second Sotto hands over its existing files and ends', () => {
  const words = ['a.pdf', '--flag', 'gone.txt', 'sotto://do/it.pdf', '--data', 'x.pdf', '/else/b.pdf', 'a.pdf']
  const { fake, host } = begin({ first: false }, { words })
  expect(host).toBeNull()
  expect(fake.calls.find(([name]) => name === 'app.requestSingleInstanceLock')?.[1]).toEqual({
    files: ['/somewhere/a.pdf', '/else/b.pdf'],
  })
  expect(fake.calls.at(-1)).toEqual(['app.quit'])
})

test('S15: no deep links anywhere in the product', () => {
  const root = path.resolve(import.meta.dirname, '../../../..')
  const files = readdirSync(path.join(root, 'main'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /setAsDefaultProtocolClient|'open-url'/.test(readFileSync(path.join(root, 'main', file), 'utf8')))
  expect(files).toEqual([])
})

test('S15: of a second start only absolute paths of existing files are heard', async () => {
  const { fake } = await running()
  const [window] = fake.windows
  const before = window?.shown ?? 0
  for (const extra of [
    null,
    { files: 'a.pdf' },
    { files: [7] },
    { files: ['a.pdf', '/x/a.exe', 'https://example.org/a.pdf'] },
  ]) {
    fake.app.emit('second-instance', {}, ['--do=it', 'sotto://x'], '/', extra)
  }
  expect(window?.shown).toBe(before + 4)
  expect(window?.webContents.sent.filter((sent) => JSON.stringify(sent).includes('system.opened'))).toEqual([])
  await ended(fake)
})

/** A host that runs, with its window's page connected. */
async function running(options: FakeElectronOptions = {}, given: Partial<ElectronWorld> = {}) {
  const begun = begin(options, given)
  const { fake } = begun
  fake.app.ready.resolve()
  await expect.poll(() => fake.windows.length).toBe(1)
  const page = fake.windows[0]?.webContents ?? new FakeContents()
  const ask = (message: unknown) => fake.ipcMain.emit('sotto.frames', page.sender(), message)
  ask(null)
  await expect.poll(() => page.sent.length, { timeout: 5_000 }).toBeGreaterThan(0)
  const heard = () =>
    page.sent.map((sent) => JSON.parse(String((sent as readonly unknown[])[1])) as Record<string, unknown>) // as: a channel and a frame
  return { ...begun, page, ask, heard }
}

async function ended(fake: FakeElectron): Promise<number> {
  let prevented = false
  fake.app.emit('will-quit', { preventDefault: () => (prevented = true) })
  expect(prevented).toBe(true)
  return fake.app.exited.promise
}

test('the window opens on our page in a session that writes nothing to the disk, and answers the contract', async () => {
  const { fake, ask, heard } = await running()
  expect(fake.windows[0]?.loaded).toEqual(['app://sotto/'])
  expect(fake.calls).toContainEqual(['session.fromPartition', 'sotto', { cache: false }])
  expect(fake.calls).toContainEqual(['protocol.handle', 'app'])
  ask(JSON.stringify({ type: 'call', id: 0, method: 'system.info', input: {} }))
  await expect
    .poll(() => heard().find(({ type }) => type === 'done'))
    .toMatchObject({ id: 0, value: { host: 'electron' } })
  expect(await ended(fake)).toBe(0)
})

test('files from a second start reach the page once it hears, and the window comes to the front', async () => {
  const { fake, ask, heard } = await running({}, { words: ['first.pdf'] })
  const opened = () =>
    heard()
      .filter(({ topic }) => topic === 'system.opened')
      .map(({ value }) => value)
  expect(opened()).toEqual([])
  ask(JSON.stringify({ type: 'call', id: 0, method: 'system.info', input: {} }))
  fake.app.emit('second-instance', {}, [], '/', { files: ['/x/second.pdf'] })
  expect(opened()).toEqual([
    { files: [{ name: 'first.pdf', path: '/somewhere/first.pdf' }] },
    { files: [{ name: 'second.pdf', path: '/x/second.pdf' }] },
  ])
  await ended(fake)
})

test('a folder in use is said in a dialog, and the process ends with 1', async () => {
  const first = await running()
  const second = begin({}, { home: first.around.home })
  second.fake.app.ready.resolve()
  expect(await second.fake.app.exited.promise).toBe(1)
  expect(second.fake.dialogs).toHaveLength(1)
  await ended(first.fake)
})

test('with its last window closed it ends, but on a Mac it stays', async () => {
  for (const [platform, quits] of [
    ['linux', true],
    ['darwin', false],
  ] as const) {
    const { fake } = await running({}, { platform })
    fake.windows[0]?.emit('close')
    fake.windows[0]?.emit('closed')
    fake.app.emit('window-all-closed')
    const quit = () => fake.calls.some(([name]) => name === 'app.quit')
    if (quits) await expect.poll(quit).toBe(true)
    else expect(quit()).toBe(false)
    await ended(fake)
  }
})
