// The look into other programs' folders: what is found, what is left out and why, and that nothing there changes.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ModelRecord } from '#contract/model.ts'
import { ok } from '#contract/result.ts'
import { modelPlaces } from '../../../../main/hosts/node/modelPlaces.ts'
import { PeerService } from '../../../../main/models/peers/peerService.ts'
import { hashesOf, layOutPeers, peerModel } from '../../../fakes/modelPeers.ts'

const never = new AbortController().signal

let home: string

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'sotto-peers-'))
})

afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

function service(
  environment: Readonly<Record<string, string>> = {},
  installed: readonly Partial<ModelRecord>[] = [],
  shared: string | null = null,
): PeerService {
  const places = modelPlaces({ platform: 'linux', environment, home }).filter(
    (place) => !('folder' in place) || place.folder.startsWith(home),
  )
  const records = installed as readonly ModelRecord[] // as: the service looks at id, path and hash only
  return new PeerService({ places, shared, installed: async () => ok(records) })
}

async function scanned(peers: PeerService) {
  const scan = await peers.scan(never)
  if (!scan.ok) throw new Error(scan.failure.code)
  const { folders, models } = scan.value
  return {
    folders: folders.map(({ peer, path: folder, state }) => [peer, path.relative(home, folder), state]),
    models: models.map(({ peer, name, path: file, leftOut, modelId }) => [
      peer,
      name,
      path.relative(home, file).replace(/[0-9a-f]{64}/, 'HASH'),
      leftOut,
      modelId,
    ]),
    bytes: models.map(({ bytes }) => bytes),
  }
}

const studio = '.lmstudio/models/publisher'
const jan = '.local/share/Jan/data/llamacpp/models/janhq/Jan-v3'
const blobs = '.ollama/models/blobs/sha256-HASH'
const snapshot = `.cache/huggingface/hub/models--user--Hub-GGUF/snapshots/${'b'.repeat(40)}`

test('all five programs: each model once, and what is none with its reason; nothing there changes', async () => {
  layOutPeers(home)
  const before = hashesOf(home)
  const { folders, models, bytes } = await scanned(service())
  expect(folders).toEqual([
    ['lm-studio', '.lmstudio/models', 'read'],
    ['ollama', '.ollama/models', 'read'],
    ['jan', '.local/share/Jan/data', 'read'],
    ['gpt4all', '.local/share/nomic.ai/GPT4All', 'read'],
    ['hugging-face', '.cache/huggingface/hub', 'read'],
  ])
  expect(models).toEqual([
    ['lm-studio', 'Half-Q8_0.gguf.part', `${studio}/Half-GGUF/Half-Q8_0.gguf.part`, 'unfinished', null],
    ['lm-studio', 'Large-00001-of-00002', `${studio}/Large-GGUF/Large-00001-of-00002.gguf`, 'multi-part', null],
    ['lm-studio', 'Studio-Q4_K_M', `${studio}/Studio-GGUF/Studio-Q4_K_M.gguf`, null, null],
    ['lm-studio', 'mmproj-Studio-F16', `${studio}/Studio-GGUF/mmproj-Studio-F16.gguf`, 'projector', null],
    ['ollama', 'gone:latest', blobs, 'missing', null],
    ['ollama', 'nameless:3b', blobs, null, null],
    ['jan', 'janhq/Jan-v3', `${jan}/model.gguf`, null, null],
    ['jan', 'mmproj', `${jan}/mmproj.gguf`, 'projector', null],
    ['gpt4all', 'Four.Q4_0', '.local/share/nomic.ai/GPT4All/Four.Q4_0.gguf', null, null],
    ['gpt4all', 'incomplete-Five', '.local/share/nomic.ai/GPT4All/incomplete-Five.gguf', 'unfinished', null],
    ['hugging-face', 'Hub-Q5_K_M', `${snapshot}/Hub-Q5_K_M.gguf`, null, null],
  ])
  expect(bytes[1]).toBe(peerModel('Large').length + 500)
  expect(hashesOf(home)).toEqual(before)
})

test('what is linked already is known by its path or by the hash its program names', async () => {
  layOutPeers(home)
  const found = await scanned(service())
  const path4 = path.join(home, '.local/share/nomic.ai/GPT4All/Four.Q4_0.gguf')
  const scan = await service().scan(never)
  const blob = scan.ok ? scan.value.models.find(({ name }) => name === 'nameless:3b') : undefined
  const sha256 = blob?.path.slice(-64) ?? ''
  const installed = [
    { id: 'four', path: path4, sha256: 'x' },
    { id: 'nameless', path: '/elsewhere/copy.gguf', sha256 },
  ]
  const again = await scanned(service({}, installed))
  expect(again.models.filter(([, , , , id]) => id !== null).map(([, name, , , id]) => [name, id])).toEqual([
    ['nameless:3b', 'nameless'],
    ['Four.Q4_0', 'four'],
  ])
  expect(again.models.length).toBe(found.models.length)
})

test('programs that moved their models, by variable or by settings', async () => {
  const moved = path.join(home, 'moved')
  layOutPeers(moved)
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(home, file)), { recursive: true })
    writeFileSync(path.join(home, file), text)
  }
  write('.lmstudio-home-pointer', `${path.join(moved, '.lmstudio')}\n`)
  write('.local/share/Jan/settings.json', JSON.stringify({ data_folder: path.join(moved, '.local/share/Jan/data') }))
  write('.config/nomic.ai/GPT4All.ini', `[General]\nmodelPath=${path.join(moved, '.local/share/nomic.ai/GPT4All')}\n`)
  const environment = {
    OLLAMA_MODELS: path.join(moved, '.ollama/models'),
    HF_HOME: path.join(moved, '.cache/huggingface'),
  }
  const { folders } = await scanned(service(environment))
  expect(folders).toEqual([
    ['lm-studio', 'moved/.lmstudio/models', 'read'],
    ['ollama', 'moved/.ollama/models', 'read'],
    ['jan', 'moved/.local/share/Jan/data', 'read'],
    ['gpt4all', 'moved/.local/share/nomic.ai/GPT4All', 'read'],
    ['hugging-face', 'moved/.cache/huggingface/hub', 'read'],
  ])
})

test('links out of a folder, folders behind links, and files that are none', async () => {
  const folder = path.join(home, '.lmstudio/models/a/b')
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(home, 'secret.gguf'), peerModel('Secret'))
  symlinkSync(path.join(home, 'secret.gguf'), path.join(folder, 'out.gguf'))
  symlinkSync(path.join(home, '.lmstudio/models'), path.join(folder, 'circle'))
  symlinkSync('/nowhere/at/all.gguf', path.join(folder, 'dangling.gguf'))
  writeFileSync(path.join(folder, 'text.gguf'), 'not a model')
  expect((await scanned(service())).models.map(([, name, , leftOut]) => [name, leftOut])).toEqual([
    ['dangling', 'outside'],
    ['out', 'outside'],
    ['text', 'not-gguf'],
  ])
})

test('a folder that cannot be read is told', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may read everything')
  mkdirSync(path.join(home, '.lmstudio/models'), { recursive: true })
  chmodSync(path.join(home, '.lmstudio/models'), 0)
  expect((await scanned(service())).folders).toEqual([['lm-studio', '.lmstudio/models', 'unreadable']])
  chmodSync(path.join(home, '.lmstudio/models'), 0o700)
})

test('the shared folder comes first', async () => {
  const shared = path.join(home, 'shared')
  mkdirSync(path.join(shared, 'pack'), { recursive: true })
  writeFileSync(path.join(shared, 'pack/For-All.gguf'), peerModel('For All'))
  const { models } = await scanned(service({}, [], shared))
  expect(models).toEqual([['shared', 'For-All', 'shared/pack/For-All.gguf', null, null]])
})
