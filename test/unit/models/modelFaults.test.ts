// Models under bad conditions, by the ids of the threat list: V10, V12, R4, R5, R14 (R4 on a real full disk: test/faults/modelsDisk).
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineState, ModelRecord } from '#contract/model.ts'
import { fail, failureOf, ok } from '#contract/result.ts'
import { readSource } from '../../../main/models/logic/modelSource.ts'
import { copyModel } from '../../../main/models/packs/modelCopy.ts'
import { ModelService, type ModelDependencies } from '../../../main/models/modelService.ts'
import { PartFile } from '../../../main/models/downloads/partFile.ts'
import type { Storage } from '../../../main/storage/storage.ts'
import { openMemoryStorage } from '../../fakes/memoryStorage.ts'
import { peerModel } from '../../fakes/modelPeers.ts'
import { sha256Of } from '../../fakes/modelMirror.ts'

const resources = fileURLToPath(new URL('../../../resources', import.meta.url))
const never = new AbortController().signal

let folder: string
let storage: Storage
let memory: number
let state: EngineState
let unloads: number

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sotto-model-faults-'))
  storage = await openMemoryStorage()
  memory = 8_000_000_000
  state = { state: 'idle' }
  unloads = 0
})

afterEach(async () => {
  await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

function service(): ModelService {
  const engine = {
    state: () => state,
    matchWrapper: async () => ok('general'),
    unload: async () => void (unloads += 1),
  }
  const dependencies = {
    storage,
    resources,
    settings: { get: (key: string) => ({ value: key === 'gpu' ? 'off' : key === 'modelId' ? '' : 0 }) },
    engine,
    now: () => new Date('2026-11-20T10:00:00Z'),
    newId: () => 'm1',
    availableMemory: () => memory,
  }
  return new ModelService(dependencies as unknown as ModelDependencies) // as: nothing else of the engine is asked for
}

async function linked(models: ModelService, file: string): Promise<ModelRecord> {
  const stream = models.import(file, never)
  let model: ModelRecord | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      if (!step.value.ok || model === null) throw new Error('the import failed')
      return model
    }
    if (step.value.type === 'finished') model = step.value.model
  }
}

function write(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, bytes)
  return file
}

describe('R5: a file that is not what it was when it was linked', () => {
  const changed = failureOf('model-invalid', { name: 'Mine', reason: 'changed-since-import' })

  test('swapped for another of the same size and date', async () => {
    const models = service()
    const file = write('mine.gguf', peerModel('Mine'))
    await linked(models, file)
    const other = Buffer.from(peerModel('Mine'))
    other[other.length - 1] = 1
    const date = new Date('2026-11-20T10:00:00Z')
    utimesSync(file, date, date)
    write('other.gguf', other)
    utimesSync(path.join(folder, 'other.gguf'), date, date)
    renameSync(path.join(folder, 'other.gguf'), file)
    const chosen = await models.withModelPath(file)
    expect(chosen.ok).toBe(true)
    // Chosen from the list it must be what was linked; so the starter is used instead.
    const usual = await models.chosen()
    expect(usual.ok && usual.value.modelId).toBe('sotto-starter')
  })

  /** Writes and puts the old time back, until the system has noted it as a change. */
  function rewrite(file: string, bytes: Uint8Array): void {
    const before = statSync(file, { bigint: true })
    do {
      writeFileSync(file, bytes)
      utimesSync(file, new Date(Number(before.atimeMs)), new Date(Number(before.mtimeMs)))
    } while (statSync(file, { bigint: true }).ctimeNs === before.ctimeNs)
    expect(statSync(file, { bigint: true })).toMatchObject({ size: before.size, ino: before.ino })
  }

  function forged(): Buffer {
    const other = Buffer.from(peerModel('Mine'))
    other[other.length - 1] = 1
    return other
  }

  test('written over in place, with its old time put back', async (context) => {
    if (process.platform === 'win32') context.skip('Windows lets any program set every time of a file')
    const file = write('mine.gguf', peerModel('Mine'))
    const date = new Date('2026-11-20T10:00:00Z')
    utimesSync(file, date, date)
    const { id } = await linked(service(), file)
    rewrite(file, forged())
    expect(statSync(file).mtime).toEqual(date)
    expect(await wanting(id).chosen()).toEqual({ ok: false, failure: changed })
  })

  test('a new mode, a second name and another name only have it read again', async (context) => {
    if (process.platform === 'win32') context.skip('Windows has no such modes')
    const file = write('mine.gguf', peerModel('Mine'))
    const { id } = await linked(service(), file)
    chmodSync(file, 0o400)
    linkSync(file, path.join(folder, 'second.gguf'))
    renameSync(file, path.join(folder, 'away.gguf'))
    renameSync(path.join(folder, 'away.gguf'), file)
    expect(await wanting(id).chosen()).toMatchObject({ ok: true, value: { modelId: id } })
    const changed = String(statSync(file, { bigint: true }).ctimeNs)
    expect(await storage.all("SELECT header ->> 'changed' AS changed FROM models")).toEqual(ok([{ changed }]))
  })

  test('linked by an older Sotto: read once more before it is used, and known by the whole stamp from then on', async (context) => {
    if (process.platform === 'win32') context.skip('Windows lets any program set every time of a file')
    const file = write('mine.gguf', peerModel('Mine'))
    const { id } = await linked(service(), file)
    await storage.run("UPDATE models SET header = json_remove(header, '$.changed')")
    expect(await wanting(id).chosen()).toMatchObject({ ok: true, value: { modelId: id } })
    const kept = await storage.all("SELECT header ->> 'changed' AS changed FROM models")
    expect(kept).toEqual(ok([{ changed: String(statSync(file, { bigint: true }).ctimeNs) }]))
    await storage.run("UPDATE models SET header = json_remove(header, '$.changed')")
    rewrite(file, forged())
    expect(await wanting(id).chosen()).toEqual({ ok: false, failure: changed })
  })

  test('longer, cut, replaced by a folder, a link to nowhere', async () => {
    const models = service()
    const file = write('mine.gguf', peerModel('Mine'))
    const { id } = await linked(models, file)
    const wanted = wanting(id)
    appendFileSync(file, 'x')
    expect(await wanted.chosen()).toEqual({ ok: false, failure: changed })
    writeFileSync(file, peerModel('Mine').subarray(0, 50))
    expect(await wanted.chosen()).toEqual({ ok: false, failure: changed })
    rmSync(file)
    mkdirSync(file)
    expect(await wanted.chosen()).toMatchObject({ ok: false })
    rmSync(file, { recursive: true })
    symlinkSync('/nowhere/at/all', file)
    expect(await wanted.chosen()).toEqual(fail('model-missing', { name: 'Mine' }))
  })

  /** The same service for a person who chose this model. */
  function wanting(modelId: string): ModelService {
    const engine = { state: () => state, matchWrapper: async () => ok('general'), unload: async () => undefined }
    const settings = { get: (key: string) => ({ value: key === 'modelId' ? modelId : key === 'gpu' ? 'off' : 0 }) }
    const now = (): Date => new Date('2026-11-20T10:00:00Z')
    const dependencies = { storage, resources, settings, engine, now, newId: () => 'm2', availableMemory: () => memory }
    return new ModelService(dependencies as unknown as ModelDependencies) // as: nothing else of the engine is asked for
  }

  test('deleted while it is loaded: the loaded one goes on, the next load says it is missing', async () => {
    const models = service()
    const file = write('mine.gguf', peerModel('Mine'))
    const { id } = await linked(models, file)
    state = { state: 'loading', modelId: id, progress: 1 }
    rmSync(file)
    expect(unloads).toBe(0)
    expect(await wanting(id).chosen()).toEqual(fail('model-missing', { name: 'Mine' }))
    expect(await models.remove(id)).toEqual(ok(undefined))
    expect(unloads).toBe(1)
  })
})

describe('R14: more than the memory', () => {
  test('refused with both numbers before anything is loaded; the file is not even read again', async () => {
    const models = service()
    await linked(models, write('mine.gguf', peerModel('Mine')))
    memory = 100_000_000
    const chosen = await models.withModelPath(path.join(folder, 'mine.gguf'))
    expect(chosen.ok).toBe(false)
    if (chosen.ok || chosen.failure.code !== 'model-too-large') throw new Error('not refused')
    expect(chosen.failure.details.availableBytes).toBe(100_000_000)
    expect(chosen.failure.details.neededBytes).toBeGreaterThan(160_000_000)
    expect(state).toEqual({ state: 'idle' })
  })
})

describe('V12: names that lead elsewhere', () => {
  test.each([
    '../../etc/passwd.gguf',
    'user/repo/../../../x.gguf',
    'user/repo/..',
    'user/repo/C:\\x.gguf',
    'user/repo/a:b.gguf',
    'user/repo/NUL.gguf',
    'user/repo/con.gguf',
    'user/repo/x.gguf.',
    'user/repo/x.gguf\u0000.txt',
    'user/repo/x.exe',
    'user//x.gguf',
    'http://huggingface.co/user/repo/resolve/main/x.gguf',
    'https://huggingface.co.evil.example/user/repo/resolve/main/x.gguf',
    'https://huggingface.co/user/repo/resolve/main/%2e%2e/x.gguf',
    'file:///etc/passwd.gguf',
  ])('%s', (source) => {
    expect(readSource(source, 'https://huggingface.co')).toBe(null)
  })
})

describe('R4: a disk that fills up, and power that goes', () => {
  test('what a power cut left behind a flush is cut off: zeros never pass for data', async () => {
    const file = write('b.part', Buffer.concat([Buffer.from('kept'), Buffer.alloc(4096)]))
    const part = await PartFile.open(file, 4)
    expect([part.position, part.digest()]).toEqual([4, sha256Of(Buffer.from('kept'))])
    await part.close()
  })

  test('a part that is shorter than what was written down starts anew', async () => {
    const part = await PartFile.open(write('c.part', Buffer.from('ab')), 4)
    expect(part.position).toBe(0)
    await part.close()
  })

  test('a link in place of a part is not followed', async (context) => {
    if (process.platform === 'win32') return context.skip('Windows has no O_NOFOLLOW')
    const victim = write('victim.txt', Buffer.from('mine'))
    symlinkSync(victim, path.join(folder, 'd.part'))
    await expect(PartFile.open(path.join(folder, 'd.part'), 0)).rejects.toMatchObject({ code: 'ELOOP' })
    expect(readFileSync(victim, 'utf8')).toBe('mine')
  })

  test('a copy whose source changes under it is refused and removed', async () => {
    const from = write('mine.gguf', peerModel('Mine'))
    const to = path.join(folder, 'to.gguf')
    expect(await copyModel({ from, to, sha256: '0'.repeat(64) }, never, () => undefined)).toEqual(
      fail('pack-invalid', { name: 'to.gguf', reason: 'wrong-hash' }),
    )
    expect(readdirSync(folder)).toEqual(['mine.gguf'])
  })
})
