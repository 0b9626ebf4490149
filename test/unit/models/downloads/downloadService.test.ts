// Downloads against a real mirror on loopback through the real door: complete and verified, or failed with a reason.
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ModelDownload } from '#contract/model.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { DownloadService, type DownloadDependencies } from '../../../../main/models/downloads/downloadService.ts'
import type { Storage } from '../../../../main/storage/storage.ts'
import { Door } from '../../../fakes/door.ts'
import { createFakeLogger } from '../../../fakes/fakeLogger.ts'
import { openMemoryStorage } from '../../../fakes/memoryStorage.ts'
import { sha256Of, startModelMirror, type Misdeed, type ModelMirror } from '../../../fakes/modelMirror.ts'
import { ggufBytes, soundFile } from '../../../fixtures/gguf.ts'

const block = 16 * 1024
const wish = {
  name: 'Tiny',
  repository: 'user/repo',
  file: 'tiny.gguf',
  catalogueId: null,
  exactBytes: null,
  expectedSha256: null,
  anyway: false,
}

/** A model the validator accepts, with 100 KB of data after what its tensors need. */
const content = Buffer.concat([ggufBytes(soundFile), randomBytes(100_000)])
const sha256 = sha256Of(content)

let folder: string
let storage: Storage
let door: Door
let mirror: ModelMirror
let service: DownloadService
let waits: number[]
let heard: ModelDownload[]
let linked: string[]

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'downloads-'))
  storage = await openMemoryStorage()
  door = await Door.open(storage)
  mirror = await startModelMirror(content)
  door.hosts = { 'model-download': [mirror.server.host] }
  waits = []
  heard = []
  linked = []
  service = serviceWith({})
})

afterEach(async () => {
  await service.close()
  await door[Symbol.asyncDispose]()
  await mirror[Symbol.asyncDispose]()
  await storage.close()
  await rm(folder, { recursive: true })
})

function serviceWith(change: Partial<DownloadDependencies>): DownloadService {
  let count = 0
  return new DownloadService({
    storage,
    gate: { fetchPublic: (...order) => door.gate.fetchPublic(...order) },
    folder,
    base: () => mirror.server.address,
    announce: (topic, value) => {
      if (topic === 'models.download-changed') heard.push(value as ModelDownload) // as: the topic says which
    },
    logger: createFakeLogger(),
    now: () => new Date('2026-11-20T10:00:00Z'),
    newId: () => `d${++count}`,
    judge: () => ok(undefined),
    link: async (file, checked) => {
      linked.push(path.basename(file))
      return ok({ ...record, path: file, bytes: checked.stamp.bytes, sha256: checked.sha256 })
    },
    freeBytes: async () => 2 ** 40,
    wait: async (milliseconds) => void waits.push(milliseconds),
    blockBytes: block,
    ...change,
  })
}

const record = {
  id: 'm1',
  name: 'Tiny',
  path: '',
  bytes: 0,
  sha256: '',
  architecture: 'llama',
  parameters: null,
  contextTokens: 512,
  summaryMode: 'free',
  chatWrapper: 'matched',
  starter: false,
  licence: null,
  catalogueId: null,
  ours: true,
  shared: false,
} as const

async function ended(): Promise<ModelDownload> {
  const over = () => heard.findLast(({ state }) => state !== 'queued' && state !== 'running')
  await expect.poll(over, { timeout: 10_000 }).toBeDefined()
  const last = over()
  if (last === undefined) throw new Error('nothing ended')
  return last
}

async function download(change: Partial<typeof wish> | object = {}): Promise<ModelDownload> {
  heard.length = 0
  const started = await service.start({ ...wish, ...change })
  if (!started.ok) throw new Error(started.failure.code)
  return ended()
}

async function expectComplete(last: ModelDownload): Promise<void> {
  expect(last).toMatchObject({ state: 'complete', receivedBytes: content.length, failure: null, modelId: 'm1', sha256 })
  expect(await readdir(folder)).toEqual(['tiny.gguf'])
  expect(sha256Of(await readFile(path.join(folder, 'tiny.gguf')))).toBe(sha256)
  expect(linked).toEqual(['tiny.gguf'])
}

function reasonOf({ failure }: ModelDownload): unknown {
  return failure !== null && 'reason' in failure.details ? `${failure.code}: ${failure.details.reason}` : failure?.code
}

describe('an honest mirror', () => {
  test('the file is there under its name, in the ledger, and its hash is shown as pinned', async () => {
    const last = await download()
    await expectComplete(last)
    expect(last.pinned).toBe(true)
    expect(mirror.asked).toEqual([0])
    expect((await door.recorded()).map((line) => line.replace(mirror.server.host, 'MIRROR'))).toEqual([
      '1 attempt model-download http://MIRROR/user/repo/resolve/main/tiny.gguf GET 0',
      `2 outcome of 1 model-download http://MIRROR/user/repo/resolve/main/tiny.gguf complete:200 ${content.length}`,
    ])
  })

  test('a hash that is known is not pinned, and another file is refused and not kept', async () => {
    expect((await download({ expectedSha256: sha256, exactBytes: content.length })).pinned).toBe(false)
    const other = await download({ file: 'other.gguf', expectedSha256: '0'.repeat(64) })
    expect([other.state, reasonOf(other), other.receivedBytes]).toEqual(['failed', 'download-failed: wrong-hash', 0])
    expect((await readdir(folder)).filter((name) => name.endsWith('.gguf'))).toEqual(['tiny.gguf'])
  })

  test('a name that is taken, even by a link to elsewhere, is left alone', async () => {
    await symlink('/somewhere/else', path.join(folder, 'tiny.gguf'))
    expect((await download()).state).toBe('complete')
    expect(linked).toEqual([`tiny-${sha256.slice(0, 8)}.gguf`])
  })

  test('a link in the place of the part is refused', async () => {
    await mkdir(path.join(folder, 'x'))
    await symlink(path.join(folder, 'x', 'target'), path.join(folder, 'd1.part'))
    expect(reasonOf(await download())).toBe('download-failed: part-file')
    expect(await readdir(path.join(folder, 'x'))).toEqual([])
  })

  test('names that could leave the folder are refused before anything is asked', async () => {
    for (const file of ['../../x.gguf', 'NUL.gguf', 'a:b.gguf', 'C:\\x.gguf', 'x.exe', '.gguf']) {
      expect(await service.start({ ...wish, file })).toEqual(
        fail('download-failed', { name: 'Tiny', reason: 'bad-source' }),
      )
    }
    expect(mirror.asked).toEqual([])
  })
})

describe('a mirror that misbehaves, and the download is complete all the same', () => {
  const half = 50_000
  const cases: readonly (readonly [string, readonly Misdeed[], readonly number[]])[] = [
    ['drops', [{ kind: 'drop', after: half }], [0, half]],
    ['drops three times', [1, 2, 3].map(() => ({ kind: 'drop', after: 20_000 })), [0, 20_000, 40_000, 60_000]],
    [
      'ends early without saying so',
      [
        { kind: 'drop', after: half },
        { kind: 'truncate', after: 10_000 },
      ],
      [0, half, 60_000],
    ],
    [
      'is busy',
      [
        { kind: 'status', status: 503 },
        { kind: 'status', status: 429, retryAfter: '7' },
      ],
      [0, 0, 0],
    ],
    ['ignores the range', [{ kind: 'drop', after: half }, { kind: 'ignore-range' }], [0, half]],
    ['names another range', [{ kind: 'drop', after: half }, { kind: 'other-range' }], [0, half, 0]],
    ['names another total', [{ kind: 'drop', after: half }, { kind: 'other-total' }], [0, half, 0]],
    [
      'knows no such range',
      [
        { kind: 'drop', after: half },
        { kind: 'status', status: 416 },
      ],
      [0, half, 0],
    ],
  ]
  test.each(cases)('%s', async (_name, misdeeds, asked) => {
    mirror.misdeeds.push(...misdeeds)
    await expectComplete(await download())
    expect(mirror.asked).toEqual(asked)
  })

  test('stalls: the door cuts it and it goes on', async () => {
    door.gate = door.gateWith({ waitMs: 200 })
    mirror.misdeeds.push({ kind: 'stall', after: 30_000 })
    await expectComplete(await download())
    expect(mirror.asked).toEqual([0, 30_000])
  })

  test('waits as long as the mirror asks', async () => {
    mirror.misdeeds.push({ kind: 'status', status: 429, retryAfter: '7' })
    await download()
    expect(waits).toEqual([7000])
  })

  test('changes the file in the middle: nothing of the old one is kept', async () => {
    const old = Buffer.from(content)
    old[content.length - 1] = (old[content.length - 1] ?? 0) ^ 1
    mirror.content = old
    mirror.etag = '"old"'
    mirror.misdeeds.push({ kind: 'drop', after: 50_000 })
    service = serviceWith({
      wait: async () => {
        mirror.content = content
        mirror.etag = '"new"'
      },
    })
    await expectComplete(await download())
    expect(mirror.asked).toEqual([0, 50_000, 0])
  })

  test('gives the file no tag and nobody knows its hash: never continued, always anew', async () => {
    mirror.etag = null
    mirror.misdeeds.push({ kind: 'drop', after: 50_000 })
    await expectComplete(await download())
    expect(mirror.asked).toEqual([0, 0])
  })
})

describe('a mirror that misbehaves, and the download fails with its reason', () => {
  const cases: readonly (readonly [string, readonly Misdeed[], object])[] = [
    ['download-failed: not-found', [{ kind: 'status', status: 404 }], {}],
    ['download-failed: forbidden', [{ kind: 'status', status: 403 }], {}],
    ['download-failed: refused', [{ kind: 'status', status: 418 }], {}],
    ['download-failed: busy', Array.from({ length: 6 }, () => ({ kind: 'status', status: 503 })), {}],
    ['download-failed: busy', [{ kind: 'status', status: 503, retryAfter: '86400' }], {}],
    ['download-failed: no-length', [{ kind: 'no-length' }], {}],
    ['download-failed: bad-length', [{ kind: 'drop', after: 50_000 }, { kind: 'too-long' }], {}],
    ['download-failed: wrong-hash', [{ kind: 'corrupt', at: 99_000 }], { expectedSha256: sha256 }],
    ['download-failed: wrong-size', [], { expectedSha256: sha256, exactBytes: 12 }],
    ['model-invalid: not-gguf', [{ kind: 'corrupt', at: 0 }], {}],
    ['network-failed: UND_ERR_SOCKET', Array.from({ length: 6 }, () => ({ kind: 'drop', after: 10 })), {}],
    ['egress-refused: redirect', [{ kind: 'redirect', to: 'http://example.org/x.gguf' }], {}],
    ['egress-refused: redirect', [{ kind: 'redirect', to: 'https://example.org/x.gguf' }], {}],
  ]
  test.each(cases)('%s', async (reason, misdeeds, change) => {
    mirror.misdeeds.push(...misdeeds)
    const last = await download(change)
    expect([last.state, reasonOf(last)]).toEqual(['failed', reason])
    expect((await readdir(folder)).filter((name) => !name.endsWith('.part'))).toEqual([])
    expect(linked).toEqual([])
  })

  test('the disk has no room for it', async () => {
    service = serviceWith({ freeBytes: async () => 512 * 1024 * 1024 + content.length - 1 })
    expect((await download()).failure?.code).toBe('disk-full')
    expect(linked).toEqual([])
  })

  test('the header shows that it cannot fit: refused after one block', async () => {
    service = serviceWith({ judge: (name) => fail('model-too-large', { name, neededBytes: 2, availableBytes: 1 }) })
    const last = await download()
    expect([last.failure?.code, last.receivedBytes < content.length]).toEqual(['model-too-large', true])
  })

  test('the way out is closed: refused, and cut when it closes meanwhile', async () => {
    door.localOnly = 'setting'
    expect((await download()).failure?.code).toBe('local-only')
    door.localOnly = null
    mirror.misdeeds.push({ kind: 'stall', after: 40_000 })
    const sent = mirror.stalled()
    heard.length = 0
    await service.resume('d1')
    await sent
    door.localOnly = 'setting'
    await door.gate.enforce()
    expect((await ended()).failure?.code).toBe('local-only')
  })
})

describe('by hand, and after a restart', () => {
  async function half(): Promise<void> {
    mirror.misdeeds.push({ kind: 'stall', after: 50_000 })
    await service.start(wish)
    await expect.poll(() => heard.some(({ receivedBytes }) => receivedBytes > 0)).toBe(true)
    await expect.poll(async () => (await readFile(path.join(folder, 'd1.part'))).length).toBe(50_000)
  }

  test('pause keeps every byte, resume fetches only the rest', async () => {
    await half()
    expect(await service.pause('d1')).toMatchObject({ value: { state: 'paused', receivedBytes: 50_000 } })
    heard.length = 0
    await service.resume('d1')
    await expectComplete(await ended())
    expect(mirror.asked).toEqual([0, 50_000])
  })

  test('closing keeps every byte, and the next start goes on by itself', async () => {
    await half()
    await service.close()
    heard.length = 0
    service = serviceWith({})
    await service.recover(true)
    await expectComplete(await ended())
    expect(mirror.asked).toEqual([0, 50_000])
  })

  test('cancel leaves nothing', async () => {
    await half()
    expect(await service.cancel('d1')).toEqual(ok(undefined))
    expect([await readdir(folder), await service.list()]).toEqual([[], ok([])])
  })

  test('one at a time, in the order asked', async () => {
    await half()
    await service.start({ ...wish, file: 'second.gguf' })
    const states = (await service.list()) as Extract<Result<readonly ModelDownload[]>, { ok: true }> // as: asserted next
    expect(states.value.map(({ state }) => state)).toEqual(['running', 'queued'])
    await service.pause('d1')
    await expect.poll(() => heard.findLast(({ id }) => id === 'd2')?.state).toBe('complete')
  })

  test('a part that was changed on the disk is noticed by the hash', async () => {
    await half()
    await service.pause('d1')
    await writeFile(path.join(folder, 'd1.part'), Buffer.alloc(50_000))
    heard.length = 0
    await service.start({ ...wish, expectedSha256: sha256 })
    const last = await ended()
    expect([last.state, reasonOf(last)]).toEqual(['failed', 'model-invalid: not-gguf'])
  })
})

describe('a hash nobody vouches for', () => {
  const other = Buffer.concat([ggufBytes(soundFile), randomBytes(100_000)])

  async function forget(): Promise<void> {
    await rm(path.join(folder, 'tiny.gguf'), { force: true })
    linked = []
  }

  test('is pinned as it came: another content under the same name is refused, unless it is wanted anyway', async () => {
    expect(await download()).toMatchObject({ state: 'complete', sha256, pinned: true })
    await forget()
    await expectComplete(await download())
    await forget()
    mirror.content = other
    mirror.etag = '"other"'
    expect(reasonOf(await download())).toBe('download-failed: not-as-pinned')
    expect(await readdir(folder)).not.toContain('tiny.gguf')
    expect(await download({ anyway: true })).toMatchObject({ state: 'complete', sha256: sha256Of(other), pinned: true })
    await forget()
    expect(await download()).toMatchObject({ state: 'complete', sha256: sha256Of(other) })
  })

  test('a hash that is vouched for is not pinned, and wins over a pin', async () => {
    await download()
    await forget()
    mirror.content = other
    mirror.etag = '"other"'
    const vouched = await download({ expectedSha256: sha256Of(other) })
    expect(vouched).toMatchObject({ state: 'complete', sha256: sha256Of(other), pinned: false })
  })
})
