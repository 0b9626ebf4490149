// The window is built again when, and only when, something it is made from changed.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildWindow, sourcesHash } from '../../../scripts/buildWindow.ts'

const here = { folder: '' }
beforeEach(() => {
  here.folder = mkdtempSync(path.join(tmpdir(), 'sotto-build-'))
  for (const folder of ['renderer', 'preload', 'main', 'dist/renderer']) {
    mkdirSync(path.join(here.folder, folder), { recursive: true })
  }
  write('renderer/main.tsx', 'one')
  write('vite.config.ts', 'config')
})
afterEach(() => rmSync(here.folder, { recursive: true, force: true }))

function write(file: string, text: string): void {
  writeFileSync(path.join(here.folder, file), text)
}

test('a changed, renamed or new source changes the hash; anything else does not', () => {
  const first = sourcesHash(here.folder)
  write('main/app.ts', 'changed')
  expect(sourcesHash(here.folder)).toBe(first)
  write('renderer/main.tsx', 'two')
  const second = sourcesHash(here.folder)
  renameSync(path.join(here.folder, 'renderer/main.tsx'), path.join(here.folder, 'renderer/other.tsx'))
  const third = sourcesHash(here.folder)
  write('preload/browser.ts', '')
  expect(new Set([first, second, third, sourcesHash(here.folder)]).size).toBe(4)
})

test('what is up to date is not built', () => {
  write('dist/renderer/index.html', '')
  write('dist/renderer.sha256', sourcesHash(here.folder))
  const said: string[] = []
  expect([buildWindow(here.folder, (line) => said.push(line)), said]).toEqual([true, []])
})

test('what cannot be built is told, and the old build stays', () => {
  write('dist/renderer/index.html', 'old')
  write('vite.config.ts', 'changed')
  const said: string[] = []
  expect(buildWindow(here.folder, (line) => said.push(line))).toBe(false)
  expect(said.at(-1)).toMatch(/^The window could not be built:\n/)
  expect(readFileSync(path.join(here.folder, 'dist/renderer/index.html'), 'utf8')).toBe('old')
})

test('a folder that this account may not write is told in words, before anything is tried', (context) => {
  if (process.getuid?.() === 0) return context.skip('root may write everywhere')
  chmodSync(path.join(here.folder, 'dist'), 0o555)
  const said: string[] = []
  expect(buildWindow(here.folder, (line) => said.push(line))).toBe(false)
  chmodSync(path.join(here.folder, 'dist'), 0o755)
  expect(said).toEqual([expect.stringMatching(/^The window has to be built first, and this account may not write/)])
})
