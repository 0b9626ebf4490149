// A second start of Sotto asks the first one for another window, through one empty file in the data folder.
import { unwatchFile, watchFile } from 'node:fs'
import { access, mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

// Decision: a file and not a socket. The data folder is private to the account (0700); whoever can write there can
// read everything anyway, and all the file can do is open a window on its owner's screen. It carries no secret.

const lookMs = 500
const stepMs = 100

function requestFile(dataFolder: string): string {
  return path.join(dataFolder, 'window', 'another')
}

/** Listens for requests until the answer is called; each is taken away before `open` runs, which tells the asker. */
export async function hearRequests(dataFolder: string, open: () => void): Promise<() => void> {
  const file = requestFile(dataFolder)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await rm(file, { force: true })
  watchFile(file, { interval: lookMs, persistent: false }, (now) => {
    if (now.nlink === 0) return
    void rm(file, { force: true }).then(open)
  })
  return () => unwatchFile(file)
}

/** Asks the owner of the folder for a window; true when it took the request in time. */
export async function askForWindow(dataFolder: string, patienceMs = 4_000): Promise<boolean> {
  const file = requestFile(dataFolder)
  try {
    await writeFile(file, '', { mode: 0o600 })
  } catch {
    return false // no `window` folder: the owner is no browser host
  }
  for (let waited = 0; waited < patienceMs; waited += stepMs) {
    await new Promise((resolve) => setTimeout(resolve, stepMs))
    if (!(await exists(file))) return true
  }
  await rm(file, { force: true })
  return false
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
