// Children on plain Node: what they see, what they may read, and how their end is told.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ChildPort } from '../../../../main/host.ts'
import { argumentsOf, createSpawn, environmentOf } from '../../../../main/hosts/node/spawnChild.ts'

const root = path.resolve(import.meta.dirname, '../../../..')
const entry = path.join(root, 'test/fixtures/children/echo.ts')
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-spawn-'))
afterAll(() => rmSync(folder, { recursive: true }))

const environment = {
  PATH: process.env['PATH'],
  HOME: '/home/someone',
  TZ: 'UTC',
  CUDA_VISIBLE_DEVICES: '0',
  GGML_BACKEND_PATH: '/tmp/hostile.so',
  ANTHROPIC_API_KEY: 'secret',
  HTTPS_PROXY: 'http://proxy',
  NODE_OPTIONS: '--inspect',
}

function start(kind: 'reader' | 'inference', readablePaths: readonly string[] = []): ChildPort {
  const spawn = createSpawn({ root, environment, entries: { reader: entry, inference: entry } })
  return spawn(kind, { heapMegabytes: 64, readablePaths })
}

function nextMessage(child: ChildPort): Promise<unknown> {
  return new Promise((resolve) => child.onMessage(resolve))
}

function exitOf(child: ChildPort): Promise<unknown> {
  return new Promise((resolve) => child.onExit(resolve))
}

describe('environment', () => {
  test('a reader sees nothing but what Node needs', () => {
    expect(environmentOf('reader', environment)).toEqual({ TZ: 'UTC' })
  })

  test('the engine sees what GPU drivers need besides, and no keys, proxies or Node options', () => {
    expect(Object.keys(environmentOf('inference', environment)).sort()).toEqual([
      'CUDA_VISIBLE_DEVICES',
      'HOME',
      'PATH',
      'TZ',
    ])
  })

  test('a real child has only that', async () => {
    const child = start('reader')
    child.post({ ask: 'environment' })
    expect(await nextMessage(child)).toEqual(['TZ'])
    child.kill()
    await exitOf(child)
  })
})

describe('limits', () => {
  test('only the reader runs under the permission model', () => {
    expect(argumentsOf('inference', { heapMegabytes: 512 }, '/app')).toEqual(['--max-old-space-size=512'])
    expect(argumentsOf('reader', { heapMegabytes: 256, readablePaths: ['/docs/a.pdf'] }, '/app')).toEqual([
      '--max-old-space-size=256',
      '--permission',
      '--allow-fs-read=/app',
      '--allow-fs-read=/docs/a.pdf',
    ])
  })

  test('a reader reads the one file it was given and not its neighbour', async () => {
    const given = path.join(folder, 'given.txt')
    const neighbour = path.join(folder, 'neighbour.txt')
    writeFileSync(given, 'given')
    writeFileSync(neighbour, 'neighbour')
    const child = start('reader', [given])
    child.post({ ask: 'read', paths: [given, neighbour] })
    expect(await nextMessage(child)).toEqual(['given', 'ERR_ACCESS_DENIED'])
    child.kill()
    await exitOf(child)
  })
})

describe('life and end', () => {
  test('values travel by structured clone', async () => {
    const child = start('inference')
    child.post({ ask: 'echo', value: new Uint8Array([1, 2, 3]) })
    expect(await nextMessage(child)).toEqual(new Uint8Array([1, 2, 3]))
    child.kill()
    expect(await exitOf(child)).toEqual({ code: null, signal: 'SIGKILL' })
  })

  test('the last message comes before the exit, even to a listener that was late', async () => {
    const child = start('inference')
    const seen: unknown[] = []
    child.post({ ask: 'end' })
    const exit = exitOf(child).then((value) => seen.push(value))
    child.onMessage((message) => seen.push(message))
    await exit
    expect(seen).toEqual(['last words', { code: 7, signal: null }])
  })

  test('a child that hangs dies at once, and killing and posting again is harmless', async () => {
    const child = start('inference')
    child.post({ ask: 'spin' })
    await nextMessage(child)
    child.kill()
    expect(await exitOf(child)).toEqual({ code: null, signal: 'SIGKILL' })
    child.kill()
    child.post({ ask: 'echo' })
  })

  test('an entry that does not exist exits with a code', async () => {
    const spawn = createSpawn({ root, environment, entries: { inference: path.join(folder, 'nothing.ts') } })
    expect(await exitOf(spawn('inference', { heapMegabytes: 64 }))).toEqual({ code: 1, signal: null })
  })

  test('a folder that does not exist cannot start a child, and the exit still comes', async () => {
    const spawn = createSpawn({ root: path.join(folder, 'gone'), environment, entries: { inference: entry } })
    expect(await exitOf(spawn('inference', { heapMegabytes: 64 }))).toEqual({ code: null, signal: null })
  })
})
