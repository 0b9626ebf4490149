// Settings on disk: kept, private, and safe to lose.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFileSettings, createMemorySettings } from '../../../../main/hosts/node/settingsStore.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-settings-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function open(owner = true) {
  const now = () => new Date('2026-11-20T12:00:00.000Z')
  return createFileSettings({ folder, logger: createFakeLogger(), now, owner })
}

test('reading alone writes nothing', async () => {
  expect((await open()).read()).toEqual({})
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
  expect((await open()).read()).toEqual({})
  expect(existsSync(folder)).toBe(false)
  mkdirSync(folder)
})

test('a pipe or a folder in the place of the file is neither waited for nor written to', async (context) => {
  if (process.platform === 'win32') context.skip('Windows has no pipes among files')
  const store = await open()
  for (const make of [(file: string) => void execFileSync('mkfifo', [file]), (file: string) => void mkdirSync(file)]) {
    make(path.join(folder, 'config.json'))
    expect(() => store.read()).toThrow(expect.objectContaining({ code: 'EACCES' }))
    expect(() => store.write('theme', 'dark')).toThrow(expect.objectContaining({ code: 'EACCES' }))
    rmSync(path.join(folder, 'config.json'), { recursive: true })
  }
})

test('what is written is there for the next one, in config.json, for its owner only', async () => {
  const first = await open()
  first.write('theme', 'dark')
  first.write('a.key.with.dots', 1)
  expect((await open()).read()).toEqual({ theme: 'dark', 'a.key.with.dots': 1 })
  expect(JSON.parse(readFileSync(path.join(folder, 'config.json'), 'utf8'))).toEqual({
    theme: 'dark',
    'a.key.with.dots': 1,
  })
  expect(statSync(path.join(folder, 'config.json')).mode & 0o777).toBe(0o600)
})

test.each(['{ half', '', '\0\0\0\0'])('a damaged file (%j) is set aside, and the way out is closed', async (text) => {
  writeFileSync(path.join(folder, 'config.json'), text)
  const store = await open()
  expect(store.read()).toEqual({ localOnly: true })
  expect(readFileSync(path.join(folder, 'config.json.corrupt-2026-11-20T12-00-00.000Z'), 'utf8')).toBe(text)
  store.write('theme', 'dark')
  expect(store.read()).toEqual({ localOnly: true, theme: 'dark' })
})

test('a file damaged while the app runs is mended on the next read', async () => {
  const store = await open()
  store.write('theme', 'dark')
  writeFileSync(path.join(folder, 'config.json'), '{')
  expect(store.read()).toEqual({ localOnly: true })
})

test('beside another owner a damaged file stays as it is and reading it throws', async () => {
  writeFileSync(path.join(folder, 'config.json'), '{ half')
  const store = await open(false)
  expect(() => store.read()).toThrow(SyntaxError)
  expect(readdirSync(folder)).toEqual(['config.json'])
})

test('a memory store forgets with its process', () => {
  const store = createMemorySettings()
  store.write('theme', 'dark')
  expect(store.read()).toEqual({ theme: 'dark' })
  expect(createMemorySettings().read()).toEqual({})
})
