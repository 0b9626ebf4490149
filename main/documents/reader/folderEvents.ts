// Listens to the system for changes in a folder, where the system can tell of them.
import { statfs } from 'node:fs/promises'
import { platform } from 'node:os'
import path from 'node:path'
import { watch, type FSWatcher } from 'chokidar'
import { ignoredBecause } from '../logic/ignoredEntry.ts'

/** File systems on other machines, which tell of no changes made there: NFS, SMB, CIFS, SMB2, AFS, 9P, FUSE, Ceph. */
const farFileSystems = new Set([
  ...[0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x65735546, 0x00c36400],
])

/** True for folders on a drive of another machine, as far as the system tells. */
export async function isFarAway(folder: string): Promise<boolean> {
  if (platform() === 'win32') return folder.startsWith('\\\\')
  try {
    return farFileSystems.has((await statfs(folder)).type)
  } catch {
    return false
  }
}

/**
 * Calls `changed` with every path that came, went or changed below the folder. Answers null where the system cannot
 * watch (too many folders, no support); `lost` is called when it stops being able to.
 */
export async function listenForChanges(
  folder: string,
  changed: (path: string) => void,
  lost: () => void,
): Promise<FSWatcher | null> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    atomic: false,
    ignored: (place, stats) => isPassedBy(folder, place, stats?.isDirectory() ?? false),
  }) // closed by the caller, or below
  const isReady = await new Promise<boolean>((resolve) => {
    watcher.once('ready', () => resolve(true))
    watcher.once('error', () => resolve(false))
  })
  if (!isReady) {
    await watcher.close()
    return null
  }
  watcher.on('error', lost)
  watcher.on('all', (_, place) => changed(path.resolve(place)))
  return watcher
}

/** Size and kind are looked at when the path is; here only names count. */
function isPassedBy(folder: string, place: string, isFolder: boolean): boolean {
  const below = path.relative(folder, place)
  if (below === '' || below.startsWith('..')) return false
  const names = below.split(path.sep)
  return names.some((name, index) => {
    const kind = isFolder || index < names.length - 1 ? 'folder' : 'file'
    return ignoredBecause(name, kind, 0, 0) !== null
  })
}
