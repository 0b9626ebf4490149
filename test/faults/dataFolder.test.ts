// Data folders that cannot be used, through the real command line: a coded failure each, and not a byte of them changed.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../main/storage/migrations/migrations.ts'
import { openDataFolder, type DataFolder } from '../../main/storage/dataFolder.ts'
import type { Migration } from '../../main/storage/storageProtocol.ts'
import { createFakeHost } from '../fakes/fakeHost.ts'
import {
  contentsOf,
  failureOf,
  mountRefusal,
  notes,
  root,
  sotto,
  testFolder,
  withMounts,
  type Run,
} from './faultCli.ts'

const folder = testFolder()
const original = path.join(folder, 'original')

function summarize(data: string, document = notes): readonly string[] {
  return ['summarize', document, '--data', data, '--json']
}

let before: Run
beforeAll(async () => {
  before = await sotto(folder, summarize(original))
  if (before.code !== 0) throw new Error(before.errors)
})

/** A copy of a folder with a finished summary in it. */
function copy(name: string): string {
  const data = path.join(folder, name)
  cpSync(original, data, { recursive: true })
  return data
}

/** A folder opened in this process, as its owner. */
async function own(data: string, later: readonly Migration[] = []): Promise<DataFolder> {
  const host = createFakeHost()
  const opened = await openDataFolder({ ...host, paths: { data } }, 'own', { migrations: [...migrations, ...later] })
  if (!opened.ok) throw new Error(opened.failure.code)
  return opened.value
}

type Damage = { readonly code: string; readonly damage: (data: string) => unknown }

describe('a folder that cannot be used', () => {
  test.each<[string, Damage]>([
    ['its key file is gone', { code: 'key-missing', damage: (data) => rmSync(path.join(data, 'keys.json')) }],
    [
      'its key is another one',
      { code: 'key-wrong', damage: (data) => changeSlot(data, { key: randomBytes(32).toString('base64') }) },
    ],
    ['its key is in a keystore that is not there', { code: 'keystore-unavailable', damage: intoKeystore }],
    [
      'its key file is damaged',
      { code: 'data-corrupt', damage: (data) => writeFileSync(path.join(data, 'keys.json'), '{') },
    ],
    ['its key file is a newer version’s', { code: 'data-newer', damage: (data) => changeFile(data, { version: 9 }) }],
    ['its database is a newer version’s', { code: 'data-newer', damage: fromTheFuture }],
    [
      'its database is overwritten',
      { code: 'data-corrupt', damage: (data) => writeFileSync(path.join(data, 'sotto.db'), randomBytes(9000)) },
    ],
  ])('%s', async (name, { code, damage }) => {
    const data = copy(name.replaceAll(' ', '-'))
    await damage(data)
    const there = contentsOf(data)
    expect(failureOf(await sotto(folder, summarize(data)))).toBe(code)
    expect(contentsOf(data)).toEqual(there)
  })

  test('a file in its place, or in its way', async () => {
    const file = path.join(folder, 'file')
    writeFileSync(file, 'not a folder')
    for (const data of [file, path.join(file, 'data')]) {
      expect(failureOf(await sotto(folder, summarize(data)))).toBe('data-unreachable')
    }
    expect(readFileSync(file, 'utf8')).toBe('not a folder')
  })

  test('in use: by whom is said, and what is there stays', async () => {
    const data = copy('used')
    const owner = await own(data) // closed below
    const run = await sotto(folder, summarize(data))
    await owner.close()
    expect([failureOf(run), run.output.includes(String(process.pid))]).toEqual(['data-in-use', true])
    expect((await sotto(folder, summarize(data))).output).toBe(before.output)
  })

  test('read-only: nothing can be added, what is there can be looked at', async (context) => {
    const refusal = mountRefusal()
    if (refusal !== null) context.skip(refusal)
    const data = copy('read-only')
    const there = contentsOf(data)
    const prefix = withMounts(`mount --bind '${data}' '${data}'; mount -o remount,bind,ro '${data}'`)
    expect(failureOf(await sotto(folder, summarize(data), { prefix }))).toBe('data-read-only')
    const looked = await sotto(folder, ['ledger', 'verify', '--data', data, '--json'], { prefix })
    expect(looked.code).toBe(0)
    expect(contentsOf(data)).toEqual(there)
  })

  test('full: told as such, and usable again once there is room', async (context) => {
    const refusal = mountRefusal()
    if (refusal !== null) context.skip(refusal)
    const disk = path.join(folder, 'disk')
    const result = path.join(folder, 'after')
    mkdirSync(disk)
    const words = `'${process.execPath}' '${root}/scripts/sotto.mjs' summarize '${notes}' --data '${disk}/data' --json`
    const prefix = withMounts(`mount -t tmpfs -o size=1m none '${disk}'
      cp -r '${original}' '${disk}/data'
      head -c 4M /dev/zero > '${disk}/rest' 2>/dev/null || true
      code=0; "$@" || code=$?
      rm '${disk}/rest'
      ${words} > '${result}'
      exit $code`)
    const report = path.join(root, 'resources/samples/harbour-report.pdf')
    expect(failureOf(await sotto(folder, summarize(`${disk}/data`, report), { prefix }))).toBe('disk-full')
    expect(readFileSync(result, 'utf8')).toBe(before.output)
  })

  test('a keystore that was reset: the key is gone, the data stays', async (context) => {
    const keystore = ['dbus-run-session', '--', 'sh', '-c']
    if (spawnSync('dbus-run-session', ['--', 'which', 'gnome-keyring-daemon']).status !== 0) {
      context.skip('no dbus-run-session with gnome-keyring here')
    }
    const data = path.join(folder, 'keystore')
    const unlock = 'echo password | gnome-keyring-daemon --unlock --components=secrets > /dev/null 2>&1; exec "$@"'
    const options = { prefix: [...keystore, unlock, 'sh'], environment: { SOTTO_KEYSTORE: 'on' } }
    const homes = ['first', 'reset'].map((name) => path.join(folder, name))
    for (const home of homes) mkdirSync(home)
    const [first = '', reset = ''] = homes
    expect((await sotto(first, summarize(data), options)).code).toBe(0)
    expect(readFileSync(path.join(data, 'keys.json'), 'utf8')).toContain('"keyring"')
    const there = contentsOf(data)
    expect(failureOf(await sotto(reset, summarize(data), options))).toBe('key-missing')
    expect(contentsOf(data)).toEqual(there)
    expect((await sotto(first, summarize(data), options)).output).toBe(before.output)
  })
})

test('an output that takes nothing exits 1 and says so', async (context) => {
  if (process.platform !== 'linux') context.skip('only Linux has /dev/full')
  const prefix = ['sh', '-c', 'exec "$@" > /dev/full', 'sh']
  const run = await sotto(folder, ['extract', notes, '--json'], { prefix })
  expect([run.code, run.output]).toEqual([1, ''])
  expect(run.errors).toContain('ENOSPC')
})

type Keys = { version: number; slots: Record<string, unknown>[] }

function keysOf(data: string): Keys {
  return JSON.parse(readFileSync(path.join(data, 'keys.json'), 'utf8')) as Keys // as: written by the run before
}

function changeFile(data: string, changes: Partial<Keys>): void {
  writeFileSync(path.join(data, 'keys.json'), JSON.stringify({ ...keysOf(data), ...changes }))
}

function changeSlot(data: string, changes: Readonly<Record<string, unknown>>): void {
  changeFile(data, { slots: [{ ...keysOf(data).slots[0], ...changes }] })
}

function intoKeystore(data: string): void {
  const { check } = keysOf(data).slots[0] ?? {}
  changeFile(data, { slots: [{ kind: 'keyring', account: 'data-key-of-a-test', check }] })
}

async function fromTheFuture(data: string): Promise<void> {
  const later: Migration = { id: '2099-01-01-later', sql: 'CREATE TABLE later (id TEXT PRIMARY KEY) STRICT' }
  await (await own(data, [later])).close()
}
