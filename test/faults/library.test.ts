// The library under bad conditions: killed, hung drives, folders without end, files that go or change under the reader.
import { appendFileSync, closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Host } from '../../main/host.ts'
import { readLibraryKilled } from '../acceptance/killedLibrary.ts'
import { LibraryRig, realSpawn, valueOf, type RigOptions } from '../fakes/libraryRig.ts'

const seed = Number(process.env['SOTTO_SEED'] ?? 20_261_120)
const isDeep = process.env['SOTTO_DEEP'] === '1'
const many = isDeep ? 100_000 : 10_000

let rig: LibraryRig | undefined
afterEach(() => rig?.close())

async function open(options: RigOptions = {}): Promise<LibraryRig> {
  return (rig = await LibraryRig.open(options)) // closed in `afterEach`
}

/** Processes whose one path is below `hung` stop dead, as one does whose drive no longer answers. */
function spawnHanging(hung: (place: string) => boolean): Host['spawn'] {
  return (kind, limits) => {
    const child = realSpawn(kind, limits)
    if (limits.readablePaths?.some(hung) === true && child.pid !== undefined) process.kill(child.pid, 'SIGSTOP')
    return child
  }
}

describe('a drive that hangs', { timeout: 240_000 }, () => {
  test('its folder is given up and tried again; the others are read', async (context) => {
    if (process.platform === 'win32') return context.skip('Windows has no signal that stops a process')
    let isHung = false
    const rig = await open({
      spawn: spawnHanging((place) => isHung && place.includes('far')),
      patience: { silence: 15_000, alive: 500, retry: 1_000 },
    })
    rig.write('far/a.txt', 'narwhal')
    rig.write('near/b.txt', 'ocelot')
    const far = await rig.add('far')
    await rig.untilRead(1)
    await rig.restart(() => (isHung = true))
    await rig.add('near')
    await rig.until((files) => files.some(({ name, state }) => name === 'b.txt' && state === 'ready'))
    await rig.until((_, { state }) => state === 'idle')
    const stuck = valueOf(await rig.library.folders()).find(({ id }) => id === far)
    expect([stuck?.state, stuck?.failure]).toEqual([
      'unreachable',
      { code: 'folder-unreachable', details: { name: 'far', seconds: 15 } },
    ])
    expect([await rig.find('narwhal'), await rig.find('ocelot')]).toEqual([['a.txt'], ['b.txt']])

    isHung = false
    rig.write('far/c.txt', 'pangolin')
    await rig.until((files) => files.some(({ name, state }) => name === 'c.txt' && state === 'ready'))
    expect(valueOf(await rig.library.folders()).map(({ failure }) => failure)).toEqual([null, null])
  })

  test('one file whose reader hangs fails by itself', async (context) => {
    if (process.platform === 'win32') return context.skip('Windows has no signal that stops a process')
    const spawn = spawnHanging((place) => place.endsWith('stuck.txt'))
    const rig = await open({ spawn, readerSilenceSeconds: 10 })
    rig.write('stuck.txt', 'quokka')
    for (let number = 0; number < 4; number += 1) rig.write(`${number}.txt`, `raccoon ${number}`)
    await rig.add()
    const files = await rig.untilRead(5)
    expect(rig.states(files)).toEqual({
      'stuck.txt': 'reader-timeout',
      ...Object.fromEntries([0, 1, 2, 3].map((number) => [`${number}.txt`, 'ready'])),
    })
  })

  test('a folder that is gone when Sotto starts keeps its texts', async () => {
    const rig = await open({ patience: { retry: 500 } })
    rig.write('drive/a.txt', 'salamander')
    await rig.add('drive')
    await rig.untilRead(1)
    await rig.restart(() => rmSync(path.join(rig.folder, 'drive'), { recursive: true }))
    await rig.until((_, { state }) => state === 'idle')
    const [folder] = valueOf(await rig.library.folders())
    expect([folder?.state, folder?.failure?.code]).toEqual(['unreachable', 'folder-unreadable'])
    expect(await rig.find('salamander')).toEqual(['a.txt'])
    rig.write('drive/a.txt', 'salamander')
    await rig.until((_, { files }) => files.ready === 1 && files.waiting + files.reading + files.changed === 0)
  })
})

describe('files under the reader', { timeout: 240_000 }, () => {
  test('gone before their turn, and one that grows while it is read', async () => {
    const rig = await open()
    const growing = rig.write('growing.txt', 'A line of text.\n\n'.repeat(30_000))
    const gone = rig.write('gone.txt', 'tapir')
    await rig.library.pause()
    await rig.add()
    await rig.until((files, { state }) => files.length === 2 && state === 'paused')
    rmSync(gone)
    const file = openSync(growing, 'a')
    const growth = setInterval(() => appendFileSync(file, 'And a urial.\n\n'), 50)
    await rig.library.resume()
    await rig.until((files) => files.some(({ name, state }) => name === 'growing.txt' && state === 'reading'))
    await rig.until((files) => files.some(({ name, state }) => name === 'growing.txt' && state !== 'reading'))
    clearInterval(growth)
    closeSync(file)
    const files = await rig.until((all, { state }) => all.length === 1 && all[0]?.state === 'ready' && state === 'idle')
    expect(files.map(({ name }) => name)).toEqual(['growing.txt'])
    expect(await rig.find('urial')).not.toEqual([])
  })

  test(`${many} files in one folder are all found, once`, async () => {
    const rig = await open()
    mkdirSync(path.join(rig.folder, 'many'))
    for (let number = 0; number < many; number += 1) {
      closeSync(openSync(path.join(rig.folder, 'many', `${number}.txt`), 'w'))
    }
    await rig.library.pause()
    const folderId = await rig.add('many')
    await rig.until((_, { files }) => files.waiting === many)
    await rig.library.reread({ folderId })
    rig.write('many/last.txt', 'x')
    await rig.until((_, { files }) => files.waiting === many + 1)
    const page = valueOf(await rig.library.list({ from: many - 1, count: 10 }))
    expect([page.total, page.files.map(({ name }) => name)]).toEqual([many + 1, [`${many - 1}.txt`, 'last.txt']])
  })
})

test(`kill -9 while a folder is read: the next run goes on (seed ${seed})`, { timeout: 300_000 }, async () => {
  const { ready, keptIds, problems, lastCode } = await readLibraryKilled(24, 2, seed)
  expect({ keptIds, problems, lastCode, last: ready.at(-1) }).toEqual({
    keptIds: true,
    problems: [],
    lastCode: 0,
    last: 24,
  })
})
