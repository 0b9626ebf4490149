// The throw-away profile of the window's browser: private, removed at the end, swept when a run died.
import { existsSync, realpathSync } from 'node:fs'
import { lstat, mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'

/** A profile folder. `remove` resolves when nothing is left, or rejects with the system's error. */
export type Profile = { readonly folder: string; remove(): Promise<void> }

// The name tells which process made it, so that a later run knows whether its maker still lives.
const nameStart = 'sotto-window-'
const namePattern = /^sotto-window-(\d+)-[A-Za-z0-9]{6}$/

/** Where profiles for this browser lie. A snap sees neither the system's temporary folder nor hidden ones. */
export function profileParent(browser: string): string {
  const snap = path.join(homedir(), 'snap', 'chromium', 'common')
  return isSnap(browser) && existsSync(snap) ? snap : tmpdir()
}

function isSnap(browser: string): boolean {
  if (browser.startsWith('/snap/')) return true
  // Ubuntu's `chromium-browser` is a script that starts the snap.
  return browser.endsWith('/chromium-browser') && !realpathSync(browser).includes('/lib/') && existsSync('/snap/bin')
}

/** Makes an empty folder that only this account can read (mode 0700). */
export async function makeProfile(parent: string): Promise<Profile> {
  const folder = await mkdtemp(path.join(parent, `${nameStart}${process.pid}-`))
  return { folder, remove: () => removeFolder(folder) }
}

/** Removes profiles whose makers and browsers are gone; what cannot be removed is left for the next time. */
export async function sweepProfiles(parent: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  for (const name of names) {
    const maker = namePattern.exec(name)?.[1]
    if (maker === undefined || isRunning(Number(maker))) continue
    const folder = path.join(parent, name)
    if (await isOurs(folder)) await removeFolder(folder).catch(() => undefined)
  }
}

/** A browser that is told to end may write for a moment yet. */
function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

async function isOurs(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null)
  if (found?.isDirectory() !== true || found.uid !== (process.getuid?.() ?? found.uid)) return false
  // Chromium's own lock, a link to `<host>-<pid>`: its window may still show what was there when the host died.
  const lock = await readlink(path.join(folder, 'SingletonLock')).catch(() => '')
  const browser = Number(lock.split('-').at(-1))
  return !(browser > 0 && isRunning(browser))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
