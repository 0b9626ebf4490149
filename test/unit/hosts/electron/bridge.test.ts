// The bridge: one channel, nothing of Electron on the page, and one file a sandboxed page may load.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { framesChannel } from '#contract/protocol.ts'
import { openElectronPort } from '../../../../preload/electronPort.ts'

const repository = path.resolve(import.meta.dirname, '../../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-bridge-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fakeIpc() {
  const sent: unknown[] = []
  let hear: (event: unknown, message: unknown) => void = () => undefined
  const ipc = {
    send: (...values: readonly unknown[]) => void sent.push(values),
    on: (_channel: string, listener: typeof hear) => (hear = listener),
  }
  return { ipc, sent, say: (message: unknown) => hear({ sender: 'an event the page never sees' }, message) }
}

test('the page announces itself, frames go both ways, early ones are kept, and the end is told once', () => {
  const { ipc, sent, say } = fakeIpc()
  const heard: unknown[] = []
  const port = openElectronPort(ipc)
  say('hello')
  port.onFrame((...values) => heard.push(values))
  port.onClose(() => heard.push('closed'))
  port.post('a call')
  say('an answer')
  say(null)
  say(null)
  port.post('too late')
  expect({ sent, heard }).toEqual({
    sent: [
      [framesChannel, null],
      [framesChannel, 'a call'],
    ],
    heard: [['hello'], ['an answer'], 'closed'],
  })
})

test('S10: main and bridge use the one channel of the contract, and no other', () => {
  const files = ['main/hosts/electron', 'preload'].flatMap((place) =>
    readdirSync(path.join(repository, place), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(place, file)),
  )
  const uses = files.flatMap((file) => {
    const text = readFileSync(path.join(repository, file), 'utf8')
    return [
      ...text.matchAll(/\b(?:ipcMain|ipcRenderer|ipc|contents)\.(handle|on|once|send|invoke|sendSync)\(([^,)]+)/g),
    ].map((match) => `${file} ${match[1]} ${match[2]}`)
  })
  const others = uses.filter(
    (use) => !use.endsWith(' framesChannel') && !/contents\.ts|contentsGuard\.ts on '/.test(use),
  )
  expect(uses.length).toBeGreaterThan(3)
  expect(others).toEqual([])
})

beforeAll(() => {
  const args = [path.join(repository, 'scripts', 'bundlePreload.ts'), folder]
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } })
  expect(run.status).toBe(0)
}, 60_000)

test('S10: the built bridge is one CommonJS file that asks for Electron and shows the page four functions and a path', () => {
  expect(readdirSync(folder)).toEqual(['electron.cjs'])
  const { ipc } = fakeIpc()
  const asked: string[] = []
  const shown: Record<string, object> = {}
  const electron = {
    ipcRenderer: ipc,
    webUtils: { getPathForFile: ({ name }: { name: string }) => `/somewhere/${name}` },
    contextBridge: { exposeInMainWorld: (name: string, value: object) => (shown[name] = value) },
  }
  runInNewContext(readFileSync(path.join(folder, 'electron.cjs'), 'utf8'), {
    require: (name: string) => {
      asked.push(name)
      return electron
    },
    module: { exports: {} },
    exports: {},
  })
  const bridge = shown['sotto'] as Record<string, unknown> // as: looked at on the next lines
  expect({ asked, names: Object.keys(shown), keys: Object.keys(bridge).sort() }).toEqual({
    asked: ['electron'],
    names: ['sotto'],
    keys: ['close', 'onClose', 'onFrame', 'pathOf', 'post'],
  })
  expect(Object.values(bridge).map((value) => typeof value)).toEqual(Array.from({ length: 5 }, () => 'function'))
  expect((bridge['pathOf'] as (file: object) => string)({ name: 'a.pdf' })).toBe('/somewhere/a.pdf') // as: typed by the bridge
})
