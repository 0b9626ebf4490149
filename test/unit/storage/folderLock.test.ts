// One owner at a time: in this process, across processes, after a crash, and in a race.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeFolderLock, type FolderLock } from '../../../main/storage/folderLock.ts'
import { processStart } from '../../../main/storage/processStart.ts'
import { startFolderProcess, type FolderProcess } from '../../fixtures/storage/folderProcess.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'

function start(folder: string, task: 'hold' | 'close'): FolderProcess {
  const child = startFolderProcess(folder, task)
  onTestFinished(async () => {
    child.process.kill('SIGKILL')
    await child.ended
  })
  return child
}

function take(folder: string): FolderLock {
  const taken = takeFolderLock(folder)
  if (!taken.ok) throw new Error(taken.failure.code)
  onTestFinished(() => taken.value.release())
  return taken.value
}

function inUseBy(pid: number | undefined) {
  return { ok: false, failure: { code: 'data-in-use', details: { pid } } }
}

test('a second owner is refused until the first lets go', () => {
  const folder = temporaryFolder()
  const lock = take(folder)
  expect(lock.unclean).toBe(false)
  expect(takeFolderLock(folder)).toEqual(inUseBy(process.pid))
  lock.release()
  lock.release()
  expect(readdirSync(folder)).toEqual(['owner.lock'])
  expect(take(folder).unclean).toBe(false)
})

test('another process is named by its pid; killed, it no longer owns anything', async () => {
  const folder = temporaryFolder()
  const child = start(folder, 'hold')
  expect(await child.next()).toEqual({ event: 'opened', pid: child.process.pid })
  expect(takeFolderLock(folder)).toEqual(inUseBy(child.process.pid))
  child.process.kill('SIGKILL')
  await child.ended
  expect(take(folder).unclean).toBe(true)
  expect(JSON.parse(readFileSync(join(folder, 'lock.json'), 'utf8'))).toMatchObject({ pid: process.pid })
})

test.runIf(process.platform === 'linux')('a pid in use again is no owner; a living owner is believed', async () => {
  const child = start(temporaryFolder(), 'hold')
  await child.next()
  const pid = child.process.pid ?? 0
  const reused = temporaryFolder()
  writeFileSync(join(reused, 'lock.json'), JSON.stringify({ version: 1, pid, started: 'an earlier boot:1' }))
  expect(take(reused).unclean).toBe(true)
  const owned = temporaryFolder()
  writeFileSync(join(owned, 'lock.json'), JSON.stringify({ version: 1, pid, started: processStart(pid) }))
  expect(takeFolderLock(owned)).toEqual(inUseBy(pid))
})

test.each([[''], ['{"version":1,"pid":-4}'], ['null']])('a torn lock.json (%s) is nobody', (text) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'lock.json'), text)
  expect(take(folder).unclean).toBe(true)
})

test(
  'of six processes starting at once on a folder left by a dead one, exactly one owns it',
  { timeout: 30_000 },
  async () => {
    const folder = temporaryFolder()
    const dead = start(folder, 'hold')
    await dead.next()
    dead.process.kill('SIGKILL')
    await dead.ended

    const racers = Array.from({ length: 6 }, () => start(folder, 'hold'))
    const said = await Promise.all(racers.map((racer) => racer.next()))
    const winners = said.filter((one) => one?.event === 'opened')
    expect(winners).toHaveLength(1)
    const refused = said.filter((one) => one?.event === 'refused').map((one) => one?.failure)
    expect(refused).toEqual(Array.from({ length: 5 }, () => inUseBy(winners[0]?.pid).failure))
  },
)
