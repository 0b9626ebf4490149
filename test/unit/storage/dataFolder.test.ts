// Opening, keeping and refusing data folders: real worker, real files.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openDataFolder, type DataFolder, type DataFolderOptions } from '../../../main/storage/dataFolder.ts'
import { checkOf } from '../../../main/storage/keySlots.ts'
import { migrations } from '../../../main/storage/migrations/migrations.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'
import { createFakeKeyring, type FakeKeyring } from '../../fakes/fakeKeyring.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'

const insert = 'INSERT INTO ledger (seq, entry, hash) VALUES (?, ?, ?)'
const later = { id: '2027-01-01-later', sql: 'CREATE TABLE later (id TEXT PRIMARY KEY) STRICT' }

function hostOf(folder: string | null, keyring?: FakeKeyring) {
  return createFakeHost({ paths: { data: folder, resources: '', policy: null }, keyring })
}

async function tryOpen(folder: string | null, keyring?: FakeKeyring, options: DataFolderOptions = {}) {
  const opened = await openDataFolder(hostOf(folder, keyring), 'own', options)
  if (opened.ok) onTestFinished(() => opened.value.close())
  return opened
}

async function open(folder: string | null, keyring?: FakeKeyring, options?: DataFolderOptions): Promise<DataFolder> {
  const opened = await tryOpen(folder, keyring, options)
  if (!opened.ok) throw new Error(opened.failure.code)
  return opened.value
}

async function openBeside(folder: string, options?: DataFolderOptions) {
  const opened = await openDataFolder(hostOf(folder), 'beside', options)
  if (opened.ok) onTestFinished(() => opened.value.close())
  return opened
}

/** A folder with one ledger row, closed. */
async function filledFolder(keyring?: FakeKeyring): Promise<string> {
  const folder = join(temporaryFolder(), 'data')
  const data = await open(folder, keyring)
  await data.storage.run(insert, [1, 'first', 'x'])
  await data.close()
  return folder
}

function bytesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const kept = names.map(({ parentPath, name }) => join(parentPath, name)).filter((path) => !/-(shm|wal)$/.test(path))
  return Object.fromEntries(kept.map((path) => [path, readFileSync(path, 'base64')]))
}

function failureWith(code: string, details: Readonly<Record<string, unknown>>) {
  return { ok: false, failure: { code, details } }
}

describe('a new folder', () => {
  test('is made for its owner alone, with the key in a file where there is no keystore', async () => {
    const folder = join(temporaryFolder(), 'deep', 'data')
    const data = await open(folder)
    expect(data.keyPlace).toBe('file')
    expect(data.ledgerKey).toHaveLength(32)
    const modes = ['', 'keys.json', 'lock.json', 'sotto.db', 'sotto.db-wal'].map((name) =>
      (statSync(join(folder, name)).mode & 0o777).toString(8),
    )
    expect(modes).toEqual(['700', '600', '600', '600', '600'])
    await data.close()
    expect(readdirSync(folder).sort()).toEqual(['keys.json', 'owner.lock', 'sotto.db'])
  })

  test('keeps its key in the keystore where one works; the file then holds no key', async () => {
    const folder = temporaryFolder()
    const keyring = createFakeKeyring()
    const data = await open(folder, keyring)
    expect(data.keyPlace).toBe('keyring')
    const [[account, secret] = ['', '']] = [...keyring.entries]
    expect(Buffer.from(secret, 'base64')).toHaveLength(32)
    const text = readFileSync(join(folder, 'keys.json'), 'utf8')
    const check = checkOf(Buffer.from(secret, 'base64'))
    expect(JSON.parse(text)).toEqual({ version: 1, slots: [{ kind: 'keyring', account, check }] })
    expect(text).not.toContain(secret)
  })

  test.each(['broken', 'silent', 'forgets'] as const)('a keystore that is %s is passed over', async (trouble) => {
    const keyring = createFakeKeyring()
    keyring.trouble = trouble
    const data = await open(temporaryFolder(), keyring, { keystoreWaitMs: 20 })
    expect([data.keyPlace, keyring.entries.size]).toEqual(['file', 0])
  })

  test('a first start that was cut short is begun again, with the same key', async () => {
    const folder = await filledFolder()
    const keys = readFileSync(join(folder, 'keys.json'), 'utf8')
    rmSync(join(folder, 'sotto.db'))
    for (const name of ['sotto.db.new', 'sotto.db.new-journal', 'keys.json.partial', 'lock.json']) {
      writeFileSync(join(folder, name), 'half a file')
    }
    const data = await open(folder)
    expect(await data.storage.all('SELECT * FROM ledger')).toEqual({ ok: true, value: [] })
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(keys)
  })

  test('every connection is durable, cleans what it deletes and keeps references', async () => {
    const { storage } = await open(temporaryFolder())
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'cipher']
    const answers = await Promise.all(pragmas.map((name) => storage.get<Record<string, unknown>>(`PRAGMA ${name}`)))
    const values = answers.map((answer) => (answer.ok ? Object.values(answer.value ?? {})[0] : answer.failure.code))
    expect(values).toEqual(['wal', 2, 1, 1, 'chacha20'])
  })

  test('nothing is kept without a folder', async () => {
    const data = await open(null)
    expect([data.keyPlace, data.ledgerKey]).toEqual(['none', null])
    expect(await data.storage.run(insert, [1, 'a', 'x'])).toEqual({ ok: true, value: { changes: 1, lastId: 1 } })
  })
})

describe('coming back', () => {
  test.each([['file'], ['keyring']])('rows and keys are the same, from the %s', async (place) => {
    const keyring = place === 'keyring' ? createFakeKeyring() : undefined
    const folder = temporaryFolder()
    const before = await open(folder, keyring)
    await before.storage.run(insert, [1, 'kept', 'x'])
    await before.close()
    await before.close()
    const after = await open(folder, keyring)
    expect([after.keyPlace, after.ledgerKey]).toEqual([place, before.ledgerKey])
    const value = [{ seq: 1, entry: 'kept', hash: 'x' }]
    expect(await after.storage.all('SELECT * FROM ledger')).toEqual({ ok: true, value })
  })

  test('the log says sizes, codes and places, and no path', async () => {
    const folder = temporaryFolder()
    const host = hostOf(folder)
    const opened = await openDataFolder(host, 'own')
    if (opened.ok) await opened.value.close()
    expect(host.logger.lines.map(({ event, fields }) => [event, Object.keys(fields)])).toEqual([
      ['storage.opened', ['mode', 'keyPlace', 'state', 'applied', 'checked', 'durationMs']],
    ])
    expect(JSON.stringify(host.logger.lines)).not.toContain(folder)
  })
})

describe('the key', () => {
  test('an entry gone from the keystore is said, and nothing changes', async () => {
    const keyring = createFakeKeyring()
    const folder = await filledFolder(keyring)
    const before = bytesIn(folder)
    const entries = [...keyring.entries]
    keyring.entries.clear()
    expect(await tryOpen(folder, keyring)).toEqual(failureWith('key-missing', { folder }))
    expect(bytesIn(folder)).toEqual(before)
    expect(keyring.entries.size).toBe(0)
    for (const [account, secret] of entries) keyring.entries.set(account, secret)
    expect(await tryOpen(folder, keyring)).toMatchObject({ ok: true })
  })

  test('another key in the keystore is a wrong key', async () => {
    const keyring = createFakeKeyring()
    const folder = await filledFolder(keyring)
    for (const account of keyring.entries.keys()) keyring.entries.set(account, Buffer.alloc(32).toString('base64'))
    expect(await tryOpen(folder, keyring)).toEqual(failureWith('key-wrong', { folder }))
  })

  test.each([
    ['broken', 'unreachable'],
    ['silent', 'timeout'],
  ] as const)('a keystore that is %s is out of reach', async (trouble, reason) => {
    const keyring = createFakeKeyring()
    const folder = await filledFolder(keyring)
    keyring.trouble = trouble
    const refused = await tryOpen(folder, keyring, { keystoreWaitMs: 20 })
    expect(refused).toEqual(failureWith('keystore-unavailable', { reason }))
  })

  test('a machine without a keystore cannot open what a keystore locks', async () => {
    const folder = await filledFolder(createFakeKeyring())
    expect(await tryOpen(folder)).toEqual(failureWith('keystore-unavailable', { reason: 'none' }))
  })

  test('data without its key file is not given a new key', async () => {
    const folder = await filledFolder()
    rmSync(join(folder, 'keys.json'))
    const before = bytesIn(folder)
    expect(await tryOpen(folder)).toEqual(failureWith('key-missing', { folder }))
    expect(bytesIn(folder)).toEqual(before)
  })

  test.each([
    ['{', 'data-corrupt'],
    ['{"version":1,"slots":[]}', 'data-corrupt'],
    ['{"version":1,"slots":[{"kind":"file"}]}', 'data-corrupt'],
    ['{"version":2,"anything":true}', 'data-newer'],
    ['{"version":1,"slots":[{"kind":"passphrase"}]}', 'data-newer'],
  ])('keys.json with %s is %s', async (text, code) => {
    const folder = await filledFolder()
    writeFileSync(join(folder, 'keys.json'), text)
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code } })
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(text)
  })
})

describe('damage and other versions', () => {
  test('a database of a later version is left byte for byte as it was', async () => {
    const folder = temporaryFolder()
    const data = await open(folder, undefined, { migrations: [...migrations, later] })
    await data.close()
    const before = bytesIn(folder)
    const refused = failureWith('data-newer', { found: later.id, supported: migrations.at(-1)?.id })
    expect(await tryOpen(folder)).toEqual(refused)
    expect(await openBeside(folder)).toEqual(refused)
    expect(bytesIn(folder)).toEqual(before)
  })

  test.each<[string, (file: string) => void]>([
    ['a flipped byte', (file) => writeFileSync(file, flipped(readFileSync(file), 5 * 4096 + 17))],
    ['a torn header', (file) => writeFileSync(file, readFileSync(file).fill(0, 0, 100))],
    ['half the file', (file) => truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096 - 100)],
    ['an empty file', (file) => truncateSync(file, 0)],
    ['another file', (file) => writeFileSync(file, 'not a database at all '.repeat(400))],
  ])('%s is damage, told and never reset', async (_name, damage) => {
    const folder = await filledFolder()
    damage(join(folder, 'sotto.db'))
    const before = bytesIn(folder)
    expect(await tryOpen(folder)).toEqual(failureWith('data-corrupt', { folder }))
    expect(bytesIn(folder)).toEqual(before)
  })

  test('a WAL whose database is gone is damage, not a new start', async () => {
    const folder = await filledFolder()
    rmSync(join(folder, 'sotto.db'))
    writeFileSync(join(folder, 'sotto.db-wal'), 'x'.repeat(5000))
    expect(await tryOpen(folder)).toEqual(failureWith('data-corrupt', { folder }))
    expect(readdirSync(folder)).not.toContain('sotto.db')
  })

  test.each(['file', join('file', 'below')])('a data folder at %s, where a file stands, cannot be', async (name) => {
    const base = temporaryFolder()
    writeFileSync(join(base, 'file'), '')
    const folder = join(base, name)
    expect(await tryOpen(folder)).toMatchObject({ ok: false, failure: { code: 'data-unreachable' } })
  })

  test('a file in the place of the folder cannot be read beside either', async () => {
    const folder = join(temporaryFolder(), 'file')
    writeFileSync(folder, '')
    expect(await openBeside(folder)).toEqual(failureWith('data-unreachable', { folder, reason: 'ENOTDIR' }))
  })
})

describe('beside an owner', () => {
  test('sees every commit and writes none', async () => {
    const folder = temporaryFolder()
    const owner = await open(folder)
    const opened = await openBeside(folder)
    if (!opened.ok) throw new Error(opened.failure.code)
    const beside = opened.value
    expect(beside.ledgerKey).toEqual(owner.ledgerKey)
    await owner.storage.run(insert, [1, 'new', 'x'])
    expect(await beside.storage.all('SELECT seq FROM ledger')).toEqual({ ok: true, value: [{ seq: 1 }] })
    expect(await beside.storage.run(insert, [2, 'no', 'x'])).toEqual(failureWith('data-read-only', { folder }))
    expect(await beside.storage.check()).toEqual({ ok: true, value: [] })
  })

  test('a folder that is not there stays so; one without data stays empty', async () => {
    const base = temporaryFolder()
    const missing = join(base, 'missing')
    const empty = join(base, 'empty')
    mkdirSync(empty)
    for (const folder of [missing, empty]) {
      const opened = await openBeside(folder)
      if (!opened.ok) throw new Error(opened.failure.code)
      expect(opened.value.keyPlace).toBe('none')
      expect(await opened.value.storage.all('SELECT * FROM ledger')).toEqual({ ok: true, value: [] })
    }
    expect([readdirSync(base), readdirSync(empty)]).toEqual([['empty'], []])
  })

  test('an older schema is migrated first, unless its owner is at work', async () => {
    const folder = await filledFolder()
    const options = { migrations: [...migrations, later] }
    const owner = await open(folder)
    expect(await openBeside(folder, options)).toEqual(failureWith('data-in-use', { pid: process.pid }))
    await owner.close()
    const opened = await openBeside(folder, options)
    if (!opened.ok) throw new Error(opened.failure.code)
    expect(await opened.value.storage.all('SELECT * FROM later')).toEqual({ ok: true, value: [] })
    expect(await opened.value.storage.all('SELECT seq FROM ledger')).toEqual({ ok: true, value: [{ seq: 1 }] })
  })
})

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] ?? 0) ^ 1
  return bytes
}
