// One owner at a time for a data folder.
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
// eslint-disable-next-line no-restricted-imports -- only the process itself knows the pid a lock must name
import { pid as ownPid } from 'node:process'
import { Driver } from './driver.ts'
import { z } from 'zod'
import { fail, ok, type Result } from '#contract/result.ts'
import { writeDurably } from './durableFile.ts'
import { processStart } from './processStart.ts'

// Decisions
// - What decides is a lock the operating system holds on `owner.lock` (an empty SQLite file in an exclusive
//   transaction). It ends with its process, so a dead owner never blocks, a reused pid is no trap, and taking over
//   after a crash is no race. `owner.lock` stays; deleting a lock file would be a race of its own.
// - `lock.json` says who the owner is, written only by the lock's holder. Left behind, it says that the end was
//   unclean. POSIX drops a process's file locks when that process opens and closes the same file by other means, so
//   where a start time is known (Linux) a living owner named here is believed as well.

const owner = z.object({ version: z.literal(1), pid: z.number().int().positive(), started: z.string().nullable() })
type Owner = z.infer<typeof owner>

/** A lock that is held. `unclean`: the owner before did not release. `release` is safe to repeat. */
export type FolderLock = { readonly unclean: boolean; release(): void }

const nameWaitMs = 1000
const nameStepMs = 20

/** Takes the folder's lock or fails with `data-in-use` and the owner's pid (0 when the owner did not name itself in time). */
export function takeFolderLock(folder: string): Result<FolderLock> {
  const path = join(folder, 'lock.json')
  const connection = new Driver(join(folder, 'owner.lock'), { timeout: 0 })
  try {
    connection.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    connection.close()
    if (!(error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY')) throw error
    return fail('data-in-use', { pid: waitForName(path) })
  }
  try {
    const unclean = statSync(path, { throwIfNoEntry: false }) !== undefined
    const previous = readOwner(path)
    if (previous !== null && previous.pid !== ownPid && isRunning(previous)) {
      connection.close()
      return fail('data-in-use', { pid: previous.pid })
    }
    const self: Owner = { version: 1, pid: ownPid, started: processStart(ownPid) }
    writeDurably(path, JSON.stringify(self), 0o600)
    return ok({
      unclean,
      release: () => {
        if (!connection.open) return
        try {
          rmSync(path, { force: true })
        } finally {
          connection.close()
        }
      },
    })
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Between taking the lock and naming itself an owner needs a moment; the worker thread may block for it. */
function waitForName(path: string): number {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  for (let waited = 0; ; waited += nameStepMs) {
    const named = readOwner(path)
    if (named !== null && (named.started === null || isRunning(named))) return named.pid
    if (waited >= nameWaitMs) return named?.pid ?? 0
    Atomics.wait(sleeper, 0, 0, nameStepMs)
  }
}

function isRunning({ pid, started }: Owner): boolean {
  return started !== null && started === processStart(pid)
}

function readOwner(path: string): Owner | null {
  try {
    return owner.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? null
  } catch {
    return null // missing or torn: nobody is named
  }
}
