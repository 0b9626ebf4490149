// Data folders that are read-only or full, made real in a mount namespace of a child process.
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest'
import { openDataFolder } from '../../../main/storage/dataFolder.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'
import {
  noNamespace,
  startFolderProcess,
  type FolderTask,
  type Surroundings,
} from '../../fixtures/storage/folderProcess.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'

const reason = noNamespace()
const readOnly = { before: 'mount --bind "$FOLDER" "$FOLDER"; mount -o remount,ro,bind "$FOLDER"' }
const sound = { ok: true, value: [] }

function skipWithoutNamespace(context: TestContext): void {
  if (reason !== null) context.skip(reason)
}

async function said(folder: string, task: FolderTask, around: Surroundings) {
  const child = startFolderProcess(folder, task, around)
  onTestFinished(async () => {
    child.process.kill('SIGKILL')
    await child.ended
  })
  return child.rest()
}

async function open(folder: string) {
  const host = createFakeHost({ paths: { data: folder, resources: '', policy: null } })
  const opened = await openDataFolder(host, 'own')
  if (!opened.ok) throw new Error(opened.failure.code)
  onTestFinished(() => opened.value.close())
  return opened.value
}

/** A folder with one ledger row; closed, or as a killed owner leaves it (the row still in the WAL). */
async function filledFolder(left: 'closed' | 'killed'): Promise<string> {
  const base = temporaryFolder()
  const folder = join(base, 'data')
  const data = await open(folder)
  await data.storage.run("INSERT INTO ledger VALUES (1, 'a', 'x')")
  const killed = join(base, 'killed')
  cpSync(folder, killed, { recursive: true })
  await data.close()
  return left === 'closed' ? folder : killed
}

describe('a read-only folder', () => {
  test('has no owner, and stays as it is', async (context) => {
    skipWithoutNamespace(context)
    const folder = await filledFolder('closed')
    const before = readFileSync(join(folder, 'sotto.db'), 'base64')
    expect(await said(folder, 'close', readOnly)).toEqual([
      { event: 'refused', failure: { code: 'data-read-only', details: { folder } } },
    ])
    expect(readFileSync(join(folder, 'sotto.db'), 'base64')).toBe(before)
  })

  test('a new one cannot be begun', async (context) => {
    skipWithoutNamespace(context)
    const folder = temporaryFolder()
    const failure = { code: 'data-read-only', details: { folder: join(folder, 'data') } }
    const around = { before: `mount --bind ${folder} ${folder}; mount -o remount,ro,bind ${folder}` }
    expect(await said(join(folder, 'data'), 'close', around)).toEqual([{ event: 'refused', failure }])
  })

  test.for(['closed', 'killed'] as const)('is read beside, %s as it was left', async (left, context) => {
    skipWithoutNamespace(context)
    const folder = await filledFolder(left)
    const files = readdirSync(folder)
    const [opened, closed] = await said(folder, 'beside', readOnly)
    expect(opened?.event).toBe('opened')
    expect(closed).toEqual({ event: 'closed', rows: { ok: true, value: { rows: 1 } }, check: sound })
    expect(readdirSync(folder)).toEqual(files)
  })
})

test('a damaged database read beside in a read-only folder leaves no copy behind', async (context) => {
  skipWithoutNamespace(context)
  const folder = await filledFolder('closed')
  const damaged = randomBytes(8192)
  writeFileSync(join(folder, 'sotto.db'), damaged)
  expect(await said(folder, 'beside', readOnly)).toEqual([
    { event: 'refused', failure: { code: 'data-corrupt', details: { folder } } },
  ])
  const copies = readdirSync(tmpdir()).filter((name) => name.startsWith('sotto-beside-'))
  const files = copies.map((name) => join(tmpdir(), name, 'sotto.db')).filter((file) => existsSync(file))
  expect(files.filter((file) => readFileSync(file).equals(damaged))).toEqual([])
})

describe('a full disk', () => {
  test(
    'refuses one write, keeps every write before it, and opens again elsewhere',
    { timeout: 30_000 },
    async (context) => {
      skipWithoutNamespace(context)
      const folder = temporaryFolder()
      const saved = temporaryFolder()
      const around = {
        before: 'mount -t tmpfs -o size=1500k,mode=700 tmpfs "$FOLDER"',
        after: `cp -a "$FOLDER/." ${saved}`,
      }
      const lines = await said(folder, 'write', around)
      const rows = lines.filter(({ event }) => event === 'wrote').length
      expect(rows).toBeGreaterThan(20)
      expect(lines.slice(-2)).toEqual([
        { event: 'failed', failure: { code: 'disk-full', details: { folder } } },
        { event: 'closed', rows: { ok: true, value: { rows } }, check: sound },
      ])
      const { storage } = await open(saved)
      expect(await storage.get('SELECT count(*) AS rows FROM ledger')).toEqual({ ok: true, value: { rows } })
      expect(await storage.check()).toEqual(sound)
    },
  )

  test.for(['new', 'filled'] as const)('a %s folder on it is not opened', async (kind, context) => {
    skipWithoutNamespace(context)
    const folder = kind === 'new' ? join(temporaryFolder(), 'data') : await filledFolder('closed')
    mkdirSync(folder, { recursive: true })
    const before = `cp -a "$FOLDER" "$FOLDER.old"; mount -t tmpfs -o size=1m,mode=700 tmpfs "$FOLDER"
      cp -a "$FOLDER.old/." "$FOLDER"; cat /dev/zero > "$FOLDER/fill" 2>/dev/null || true`
    const lines = await said(folder, 'close', { before })
    expect(lines).toEqual([{ event: 'refused', failure: { code: 'disk-full', details: { folder } } }])
  })
})
