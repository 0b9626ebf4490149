// A writer killed at seeded moments loses nothing it said was written.
import { expect, onTestFinished, test } from 'vitest'
import { openDataFolder } from '../../../main/storage/dataFolder.ts'
import { createFakeHost } from '../../fakes/fakeHost.ts'
import { startFolderProcess } from '../../fixtures/storage/folderProcess.ts'
import { temporaryFolder } from '../../fixtures/storage/temporaryFolder.ts'

const rounds = 12
const seed = 20261120

/** A sequence of whole numbers below `limit` from a seed (mulberry32). */
function* seeded(start: number, limit: number): Generator<number, never> {
  for (let state = start; ;) {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    yield ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

/** Lets a writer commit, kills it after so many commits and so many turns of this loop; answers its last commit. */
async function killAfter(folder: string, commits: number, turns: number): Promise<number> {
  const writer = startFolderProcess(folder, 'write')
  onTestFinished(async () => {
    writer.process.kill('SIGKILL')
    await writer.ended
  })
  expect(await writer.next()).toMatchObject({ event: 'opened' })
  let last = 0
  for (let read = 0; read < commits; read++) last = (await writer.next())?.seq ?? last
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve))
  writer.process.kill('SIGKILL')
  for (const { seq } of await writer.rest()) last = seq ?? last
  return last
}

test(`every commit outlives kill -9 (${rounds} rounds, seed ${seed})`, { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const moments = seeded(seed, 97)
  const host = createFakeHost({ paths: { data: folder, resources: '', policy: null } })
  let kept = 0
  for (let round = 0; round < rounds; round++) {
    const said = await killAfter(folder, moments.next().value % 40, moments.next().value)
    const opened = await openDataFolder(host, 'own')
    if (!opened.ok) throw new Error(`round ${round}: ${opened.failure.code}`)
    const counts = await opened.value.storage.get<Record<'last' | 'rows' | 'others', number>>(
      'SELECT max(seq) AS last, count(*) AS rows, (SELECT count(*) FROM calibrations) AS others FROM ledger',
    )
    const check = await opened.value.storage.check()
    await opened.value.close()
    if (!counts.ok || counts.value === undefined) throw new Error(`round ${round}: no counts`)
    const { last, rows, others } = counts.value
    expect({ round, check, rows, others }).toEqual({
      round,
      check: { ok: true, value: [] },
      rows: last ?? 0,
      others: rows,
    })
    expect(rows).toBeGreaterThanOrEqual(Math.max(kept, said))
    kept = rows
  }
  expect(kept).toBeGreaterThan(rounds)
})
