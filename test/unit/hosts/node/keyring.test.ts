// The keystore: found, absent, hanging; and the real one where a session bus can be started.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findKeyring, type KeyringEntry, type OpenEntry } from '../../../../main/hosts/node/keyring.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'

const patience = { probe: 20, use: 20 }

function fakeStore(): OpenEntry {
  const secrets = new Map<string, string>()
  return (account) => ({
    getPassword: async () => secrets.get(account),
    setPassword: async (secret) => void secrets.set(account, secret),
    deletePassword: async () => secrets.delete(account),
  })
}

test('keeps, gives and forgets secrets by account', async () => {
  const keyring = await findKeyring({}, createFakeLogger(), async () => fakeStore(), patience)
  await keyring?.set('a', 'secret')
  expect(await keyring?.get('a')).toBe('secret')
  expect(await keyring?.get('b')).toBeNull()
  await keyring?.remove('a')
  expect(await keyring?.get('a')).toBeNull()
})

test('SOTTO_KEYSTORE=file does without and does not even ask', async () => {
  const ask = () => Promise.reject(new Error('asked'))
  const logger = createFakeLogger()
  expect(await findKeyring({ SOTTO_KEYSTORE: 'file' }, logger, ask, patience)).toBeUndefined()
  expect(logger.lines).toEqual([])
})

test.each([
  'tcp:host=192.0.2.7,port=4444',
  'nonce-tcp:host=192.0.2.7,port=4444,noncefile=/dev/null',
  'unixexec:path=/usr/bin/touch,argv1=/tmp/x',
  'unix:path=/run/user/0/bus;tcp:host=192.0.2.7,port=4444',
])('a session bus at %s is not even asked', async (address) => {
  const ask = () => Promise.reject(new Error('asked'))
  const logger = createFakeLogger()
  expect(await findKeyring({ DBUS_SESSION_BUS_ADDRESS: address }, logger, ask, patience)).toBeUndefined()
  expect(logger.lines).toEqual([{ level: 'warn', event: 'keyring.bus-refused', fields: {} }])
})

test('a session bus on a socket of this computer is asked', async () => {
  const address = 'unix:path=/run/user/0/bus,guid=0;unix:abstract=/tmp/dbus'
  const store = async () => fakeStore()
  expect(await findKeyring({ DBUS_SESSION_BUS_ADDRESS: address }, createFakeLogger(), store, patience)).toBeDefined()
})

test.each<[string, OpenEntry]>([
  ['refuses', () => ({ ...fakeStore()('x'), getPassword: () => Promise.reject(new Error('locked')) })],
  ['never answers', () => ({ ...fakeStore()('x'), getPassword: () => new Promise<string>(() => undefined) })],
])('a keystore that %s counts as absent, and the log says only that', async (_, entry) => {
  const logger = createFakeLogger()
  expect(await findKeyring({}, logger, async () => entry, patience)).toBeUndefined()
  expect(logger.lines).toEqual([{ level: 'info', event: 'keyring.absent', fields: {} }])
})

test('a keystore that stops answering later rejects instead of hanging', async () => {
  let hangs = false
  const entry: OpenEntry = (account): KeyringEntry => ({
    ...fakeStore()(account),
    getPassword: () => (hangs ? new Promise<string>(() => undefined) : Promise.resolve(null)),
  })
  const keyring = await findKeyring({}, createFakeLogger(), async () => entry, patience)
  hangs = true
  await expect(keyring?.get('a')).rejects.toThrow('in time')
})

const script = `
  import { findKeyring } from '${path.resolve(import.meta.dirname, '../../../../main/hosts/node/keyring.ts')}'
  const quiet = { info() {}, warn() {}, error() {} }
  const keyring = await findKeyring(process.env, quiet)
  await keyring?.set('test', 'secret')
  console.log(JSON.stringify([keyring !== undefined, (await keyring?.get('test')) ?? null]))
  await keyring?.remove('test')
  process.exit(0)
`

const hasKeystore = spawnSync('dbus-run-session', ['--', 'which', 'gnome-keyring-daemon']).status === 0
if (!hasKeystore) console.warn('keyring: no dbus-run-session with gnome-keyring here, so the real keystore is left out')

function runIn(session: (command: string) => readonly string[]): unknown {
  const home = mkdtempSync(path.join(tmpdir(), 'sotto-keyring-'))
  try {
    const node = `'${process.execPath}' --input-type=module-typescript -e "$SCRIPT"`
    const [command = '', ...rest] = session(node)
    const env = { PATH: process.env['PATH'], HOME: home, SCRIPT: script }
    const { stdout } = spawnSync(command, rest, { env, encoding: 'utf8', timeout: 20_000 })
    // The daemon may have said something first.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

test.skipIf(!hasKeystore)('the real keystore keeps a secret', () => {
  const unlock = 'echo password | gnome-keyring-daemon --unlock --components=secrets > /dev/null'
  expect(runIn((node) => ['dbus-run-session', '--', 'bash', '-c', `${unlock}; ${node}`])).toEqual([true, 'secret'])
})

test.skipIf(process.platform !== 'linux')(
  'with no session bus there is none, and the kernel keyring is not used instead',
  () => {
    expect(runIn((node) => ['bash', '-c', node])).toEqual([false, null])
  },
)
