// The reader as a process: killed, stopped, starved, robbed of its file, and kept from everything but that file.
import { spawnSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDocument, type ReaderItem, type ReaderOptions } from '../../main/documents/readerClient.ts'
import type { ChildPort, Host } from '../../main/host.ts'
import { createSpawn } from '../../main/hosts/node/spawnChild.ts'
import type { Result, Stream } from '../../preload/contract/result.ts'
import { makePdf } from '../fixtures/documents/makePdf.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
const folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-reader-')) // removed in `afterAll`
const nodeSpawn = createSpawn({ root, environment: process.env })
const longText = path.join(folder, 'long.txt')
const longPdf = path.join(folder, 'long.pdf')

beforeAll(async () => {
  writeFileSync(longText, 'A paragraph of some length, written again and again.\n\n'.repeat(800_000))
  const lines = Array.from({ length: 50 }, (_, line) => `Line ${line} of a page that is one of very many pages here.`)
  writeFileSync(longPdf, await makePdf(Array.from({ length: 300 }, () => lines)))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Begun = { readonly stream: Stream<ReaderItem>; readonly pid: number; readonly exited: Promise<unknown> }

/** A reading that has yielded its first segments, its process, and the end of that. */
async function begin(
  file: string,
  options: Partial<ReaderOptions> = {},
  signal = new AbortController().signal,
): Promise<Begun> {
  let port: ChildPort | undefined
  const exit = Promise.withResolvers<unknown>()
  const spawn: Host['spawn'] = (kind, limits) => {
    const child = nodeSpawn(kind, limits)
    port = child
    return { ...child, onExit: (listener) => child.onExit((how) => (exit.resolve(how), listener(how))) }
  }
  const stream = readDocument(spawn, file, signal, options)
  for (;;) {
    const step = await stream.next()
    if (step.done === true) throw new Error(`ended early: ${JSON.stringify(step.value)}`)
    if (step.value.type === 'segments') return { stream, pid: port?.pid ?? 0, exited: exit.promise }
  }
}

async function rest(
  stream: Stream<ReaderItem>,
): Promise<{ readonly last: ReaderItem | undefined; readonly ended: Result<void> }> {
  let last: ReaderItem | undefined
  for (;;) {
    const step = await stream.next()
    if (step.done === true) return { last, ended: step.value }
    last = step.value
  }
}

/** Whether a process is there, as itself or as a zombie. */
function isThere(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}

describe('the process', () => {
  test('killed from outside is a crash', async () => {
    const { stream, pid, exited } = await begin(longText)
    process.kill(pid, 'SIGKILL')
    expect((await rest(stream)).ended).toEqual({
      ok: false,
      failure: { code: 'reader-crashed', details: { name: 'long.txt' } },
    })
    await exited
    expect(isThere(pid)).toBe(false)
  })

  test('stopped by the system is given up and leaves no zombie', async () => {
    const { stream, pid, exited } = await begin(longText, { silenceSeconds: 5 })
    process.kill(pid, 'SIGSTOP')
    const { ended } = await rest(stream)
    expect(ended).toEqual({ ok: false, failure: { code: 'reader-timeout', details: { name: 'long.txt', seconds: 5 } } })
    await exited
    expect(isThere(pid)).toBe(false)
  })

  test('is gone after an abort, and the stream says how far it came', async () => {
    const controller = new AbortController()
    const { stream, pid, exited } = await begin(longPdf, {}, controller.signal)
    controller.abort()
    const { last, ended } = await rest(stream)
    expect(ended).toEqual({ ok: true, value: undefined })
    expect(last).toMatchObject({ type: 'finished', reason: 'stopped' })
    await exited
    expect(isThere(pid)).toBe(false)
  })

  test('reads a long document to its end, batch by batch', async () => {
    const { stream } = await begin(longPdf)
    const { last, ended } = await rest(stream)
    expect([last, ended.ok]).toMatchObject([
      { type: 'finished', coverage: { total: 300, read: 300, withoutText: [] } },
      true,
    ])
  })

  test('with too small a heap is out of memory, not crashed', async () => {
    const { stream } = readWhole(longPdf, { heapMegabytes: 16 })
    expect((await rest(stream)).ended).toEqual({
      ok: false,
      failure: { code: 'reader-out-of-memory', details: { name: 'long.pdf', limitMegabytes: 16 } },
    })
  })

  test.runIf(process.platform === 'linux')('that grows too large is ended by its parent', async () => {
    const { stream } = readWhole(longPdf, { memoryMegabytes: 20 })
    expect((await rest(stream)).ended).toEqual({
      ok: false,
      failure: { code: 'reader-out-of-memory', details: { name: 'long.pdf', limitMegabytes: 20 } },
    })
  })

  test('finds a file that changes while it is read', async () => {
    const growing = path.join(folder, 'growing.txt')
    writeFileSync(growing, readFileSync(longText))
    const { stream } = await begin(growing)
    appendFileSync(growing, 'one more line\n')
    expect((await rest(stream)).ended).toEqual({
      ok: false,
      failure: { code: 'document-changed', details: { name: 'growing.txt' } },
    })
  })

  test('finds a file that is cut short while it is read', async () => {
    const shrinking = path.join(folder, 'shrinking.txt')
    writeFileSync(shrinking, readFileSync(longText))
    const { stream } = await begin(shrinking)
    writeFileSync(shrinking, '')
    expect((await rest(stream)).ended).toEqual({
      ok: false,
      failure: { code: 'document-changed', details: { name: 'shrinking.txt' } },
    })
  })
})

function readWhole(file: string, options: Partial<ReaderOptions>): { readonly stream: Stream<ReaderItem> } {
  return { stream: readDocument(nodeSpawn, file, new AbortController().signal, options) }
}

describe('the walls', () => {
  test('no network, no process, no thread, no other file: every way out is shut', async () => {
    const connections: unknown[] = []
    const server = createServer((socket) => connections.push(socket)) // closed below
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const listening = typeof address === 'object' && address !== null ? address.port : 0
    const otherFile = path.join(folder, 'other.txt')
    writeFileSync(otherFile, 'not for the reader')
    const entries = { reader: path.join(root, 'test', 'fixtures', 'documents', 'canaryEntry.ts') }
    const child = createSpawn({ root, environment: process.env, entries })('reader', {
      heapMegabytes: 256,
      readablePaths: [longText],
    })
    const report = new Promise((resolve) => child.onMessage(resolve))
    child.post({ listening, otherFile })
    expect(await report).toEqual({ open: [], tried: 21 })
    child.kill()
    server.close()
    expect([connections, existsSync(`${otherFile}.out`)]).toEqual([[], false])
  })

  test('strace sees no internet socket in a whole reading', ({ skip }) => {
    const log = path.join(folder, 'strace.log')
    const script = path.join(root, 'test', 'fixtures', 'documents', 'readOne.ts')
    const sample = path.join(root, 'resources', 'samples', 'harbour-report.pdf')
    const traced = spawnSync('strace', ['-f', '-e', 'trace=%network', '-o', log, process.execPath, script, sample], {
      encoding: 'utf8',
    })
    if (traced.error !== undefined || !existsSync(log)) skip('strace is not installed or may not trace here')
    expect(JSON.parse(traced.stdout)).toEqual({ segments: 56, ok: true })
    const calls = readFileSync(log, 'utf8')
    expect(calls).toContain('socketpair')
    expect(calls).not.toMatch(/AF_INET|AF_NETLINK|connect\(/)
  })
})
