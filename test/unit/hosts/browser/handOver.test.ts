// A second start asks the first for a window.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { askForWindow, hearRequests } from '../../../../main/hosts/browser/handOver.ts'

const here = { folder: '' }
beforeEach(() => {
  here.folder = mkdtempSync(path.join(tmpdir(), 'sotto-hand-'))
})
afterEach(() => rmSync(here.folder, { recursive: true, force: true }))

test('the owner opens one window per request', async () => {
  const opened = Promise.withResolvers<void>()
  const stop = await hearRequests(here.folder, opened.resolve)
  try {
    expect(statSync(path.join(here.folder, 'window')).mode & 0o777).toBe(0o700)
    expect(await askForWindow(here.folder)).toBe(true)
    await opened.promise
  } finally {
    stop()
  }
})

test('an owner that is no browser host is not asked', async () => {
  expect(await askForWindow(here.folder)).toBe(false)
})

test('an owner that does not answer is told from one that does, and the request is taken back', async () => {
  const stop = await hearRequests(here.folder, () => undefined)
  stop()
  expect(await askForWindow(here.folder, 200)).toBe(false)
  expect(existsSync(path.join(here.folder, 'window', 'another'))).toBe(false)
})

test('a request left over from before is no request', async () => {
  const first = await hearRequests(here.folder, () => undefined)
  first()
  const file = path.join(here.folder, 'window', 'another')
  writeFileSync(file, '')
  const stop = await hearRequests(here.folder, () => undefined)
  stop()
  expect(existsSync(file)).toBe(false)
})
