// The real browser host as a process of its own, as `npm start` starts it, with a data folder of its own.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { askForWindow } from '../../main/hosts/browser/handOver.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** A host under test. `close` ends it and removes its folder. */
export type RunningHost = {
  readonly pid: number
  readonly dataFolder: string
  readonly origin: string
  /** An address that lets in once; a fresh one at every call. */
  address(): Promise<string>
  /** Process ids of the engines that this host has started. */
  engines(): Promise<readonly number[]>
  kill(signal: 'SIGINT' | 'SIGKILL'): Promise<number | null>
  close(): Promise<void>
}

/** Where the host keeps its data; `folder` is removed at the end only if it was made here. */
export type HostPlace = { readonly dataFolder?: string; readonly environment?: Readonly<Record<string, string>> }

/** Starts the host without a window; rejects when it ends before it printed its address. */
export async function startHost({ dataFolder, environment }: HostPlace = {}): Promise<RunningHost> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-browser-'))
  const data = dataFolder ?? path.join(folder, 'data')
  const main = path.join(root, 'main/hosts/browser/main.ts')
  const child = spawn(process.execPath, [main, '--no-window', '--keep', '--data', data], {
    env: { PATH: process.env['PATH'], HOME: folder, LANG: 'en_US.UTF-8', SOTTO_KEYSTORE: 'file', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const printed = new PrintedAddresses(child)
  const first = await printed.next()
  let unused: string | undefined = first
  return {
    pid: child.pid ?? 0,
    dataFolder: data,
    origin: new URL(first).origin,
    async address() {
      const given = unused
      unused = undefined
      if (given !== undefined) return given
      const next = printed.next()
      if (!(await askForWindow(data))) throw new Error('the host did not answer')
      return next
    },
    engines: () => enginesOf(child.pid ?? 0),
    async kill(signal) {
      child.kill(signal)
      return exited
    },
    async close() {
      child.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
    },
  }
}

/** Reads addresses from what the host says, one after another. */
class PrintedAddresses {
  #text = ''
  readonly #waiting: ((address: string) => void)[] = []
  readonly #ended: ((error: Error) => void)[] = []

  constructor(child: ChildProcess) {
    child.stderr?.on('data', (part) => {
      this.#text += String(part)
      this.#deliver()
    })
    child.once('exit', () => {
      for (const end of this.#ended.splice(0)) end(new Error(`the host ended: ${this.#text}`))
    })
  }

  next(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve)
      this.#ended.push(reject)
      this.#deliver()
    })
  }

  #deliver(): void {
    const found = /http:\/\/127\.0\.0\.1:\d+\/start\?code=[\w-]+(?=\s)/.exec(this.#text)
    if (found === null || this.#waiting.length === 0) return
    this.#text = this.#text.slice(found.index + found[0].length)
    this.#ended.shift()
    this.#waiting.shift()?.(found[0])
  }
}

async function enginesOf(parent: number): Promise<readonly number[]> {
  const listing = await new Promise<string>((resolve) => {
    const ps = spawn('ps', ['-o', 'pid=,args=', '--ppid', String(parent)])
    let text = ''
    ps.stdout.on('data', (part) => (text += String(part)))
    ps.on('close', () => resolve(text))
  })
  const lines = listing.split('\n').filter((line) => line.includes('inference/process/entry'))
  return lines.map((line) => Number.parseInt(line, 10))
}
