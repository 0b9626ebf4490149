// Runs the CLI as a person would, from this checkout, and gives back what it printed.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** The checkout this file belongs to. */
export const checkout = join(import.meta.dirname, '..', '..')

/** The CLI's launcher. */
export const launcher = join(checkout, 'scripts', 'sotto.mjs')

/** What a finished run left: `code` is null when a signal ended it. */
export type Finished = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

/** A run that can be killed with all its children; `done` always resolves. */
export type Running = { readonly child: ChildProcess; readonly done: Promise<Finished>; kill(): void }

type RunOptions = {
  readonly env?: Readonly<Record<string, string>>
  /** Words before the command, such as `strace -f`. */
  readonly prefix?: readonly string[]
}

/** Starts `sotto ...args` in its own process group. */
export function startSotto(args: readonly string[], options: RunOptions = {}): Running {
  const words = [...(options.prefix ?? []), process.execPath, launcher, ...args]
  return startProgram(words, options.env)
}

/** Starts any program in its own process group; output is collected. */
export function startProgram(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = checkout,
): Running {
  const [command = '', ...rest] = words
  const started = performance.now()
  const child = spawn(command, rest, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const output: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] }
  child.stdout.on('data', (bytes: Buffer) => output.stdout.push(bytes))
  child.stderr.on('data', (bytes: Buffer) => output.stderr.push(bytes))
  const done = new Promise<Finished>((resolve) => {
    child.on('error', (error) => resolve({ code: null, stdout: '', stderr: error.message, seconds: 0 }))
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(output.stdout).toString('utf8'),
        stderr: Buffer.concat(output.stderr).toString('utf8'),
        seconds: (performance.now() - started) / 1000,
      }),
    )
  })
  return {
    child,
    done,
    kill() {
      // The whole group: launcher, app, engine and reader die in the same instant, as in a power cut.
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL')
    },
  }
}

/** Runs `sotto ...args` to its end. */
export function sotto(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return startSotto(args, options).done
}
