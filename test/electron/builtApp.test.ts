// The app as plain JavaScript: whole, without a word of TypeScript, and its command line runs from it on plain Node.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildElectron } from '../../scripts/buildElectron.ts'
import { repository } from './electronBinary.ts'

const app = path.join(repository, 'dist', 'app')

beforeAll(() => {
  expect(buildElectron(repository, console.info)).toBe(true)
})

test('it holds what Electron starts with, and no source', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  const expected = [
    'main/hosts/electron/main.js',
    'preload/electron.cjs',
    'renderer/index.html',
    'resources/locales/en.json',
  ]
  expect(expected.filter((file) => !files.includes(file))).toEqual([])
  expect(files.filter((file) => /\.(ts|tsx|map)$|(^|\/)(test|node_modules)\//.test(file))).toEqual([])
})

test('its package.json names its entry and only packages its code asks for', () => {
  const described = JSON.parse(readFileSync(path.join(app, 'package.json'), 'utf8')) as Record<string, object> // as: our own build wrote it
  expect(described).toMatchObject({
    name: 'sotto',
    productName: 'Sotto',
    type: 'module',
    main: 'main/hosts/electron/main.js',
  })
  const dependencies = Object.keys(described['dependencies'] ?? {})
  expect(dependencies).toEqual(
    expect.arrayContaining(['node-llama-cpp', 'better-sqlite3-multiple-ciphers', 'electron-store', 'zod']),
  )
  expect(dependencies.filter((name) => /^(react|vite|electron$|typescript)/.test(name))).toEqual([])
})

test('every file a module names is there', () => {
  const missing: string[] = []
  let seen = 0
  for (const file of readdirSync(path.join(app, 'main'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue
    const whole = path.join(app, 'main', file)
    const named = readFileSync(whole, 'utf8').matchAll(
      /(?:from|import|import\(|new URL\()\s*["'](\.{1,2}\/[^"']+)["']/g,
    )
    for (const [, name = ''] of named) {
      seen += 1
      if (!existsSync(path.resolve(path.dirname(whole), name))) missing.push(`${file}: ${name}`)
    }
  }
  expect(seen).toBeGreaterThan(500)
  expect(missing).toEqual([])
})

test('the command line summarizes the sample from it, with its children and its storage', () => {
  const sample = path.join(repository, 'resources', 'samples', 'harbour-report.pdf')
  const words = [path.join(app, 'main', 'hosts', 'cli', 'main.js'), 'summarize', sample, '--json']
  const run = spawnSync(process.execPath, words, { encoding: 'utf8', env: { ...process.env, SOTTO_KEYSTORE: 'file' } })
  expect(run.stderr).not.toMatch(/ERR_|Error:/)
  expect(run.status).toBe(0)
  expect(JSON.parse(run.stdout)).toBeTypeOf('object')
})
