// The real command line under bad conditions: runs it, reads its one failure, and looks at what a folder still holds.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { failedOutput } from '../../main/hosts/cli/output.ts'

/** The checkout. */
export const root = path.resolve(import.meta.dirname, '../..')

/** The command line's launcher. */
export const launcher = path.join(root, 'scripts/sotto.mjs')

/** A short document of our own. */
export const notes = path.join(root, 'resources/samples/meeting-notes.md')

/** A document whose summary takes several steps. */
export const report = path.join(root, 'resources/samples/harbour-report.pdf')

/** The model that comes with the app. */
export const starter = path.join(root, 'resources/models/sotto-starter.gguf')

/** How a run ended. */
export type Run = { readonly code: number | null; readonly output: string; readonly errors: string }

/** A run under way. */
export type Running = { readonly child: ChildProcess; readonly done: Promise<Run> }

/** `prefix` stands before the command, such as `setpriv …`. */
export type RunOptions = {
  readonly prefix?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** A folder for the tests of a file, removed after them. */
export function testFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'sotto-faults-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts `sotto …` with a home of its own and the key in a file. */
export function start(home: string, args: readonly string[], options: RunOptions = {}): Running {
  const [command = '', ...rest] = [...(options.prefix ?? []), process.execPath, launcher, ...args]
  const environment = { HOME: home, XDG_CONFIG_HOME: home, LANG: 'en_US.UTF-8', SOTTO_KEYSTORE: 'file' }
  const child = spawn(command, rest, {
    cwd: home,
    env: { PATH: process.env['PATH'], ...environment, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (part) => (output += String(part)))
  child.stderr.on('data', (part) => (errors += String(part)))
  const done = new Promise<Run>((resolve) => child.on('close', (code) => resolve({ code, output, errors })))
  return { child, done }
}

/** Runs `sotto …` to its end. */
export function sotto(home: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return start(home, args, options).done
}

/**
 * The code of the one failure of a run with `--json`: alone on the output, in the promised shape with both sentences
 * filled in, exit code 1. Throws when any of that does not hold.
 */
export function failureOf({ code, output, errors }: Run): string {
  const lines = output.split('\n').filter((line) => line !== '')
  if (code !== 1 || lines.length !== 1) throw new Error(`exit ${code}, ${lines.length} lines: ${output}${errors}`)
  const { failure } = failedOutput.parse(JSON.parse(lines[0] ?? ''))
  const sentences = [failure.message, failure.nextStep]
  if (sentences.some((sentence) => sentence.length < 10 || /\{\{|failures\./.test(sentence))) {
    throw new Error(`no plain words for ${failure.code}: ${sentences.join(' ')}`)
  }
  return failure.code
}

/** What a data folder holds, file by file, as hashes; the log, the lock and SQLite's passing files do not count. */
export function contentsOf(folder: string): Readonly<Record<string, string>> {
  const passing = /(^logs\/|^owner\.lock|^lock\.json$|-shm$|-wal$)/
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !passing.test(file))
  return Object.fromEntries(files.sort().map((file) => [file, hashOf(path.join(folder, file))]))
}

/** Why this system does not let a test mount something for itself alone, or null where it does. */
export function mountRefusal(): string | null {
  if (process.platform !== 'linux') return 'only Linux has mount namespaces'
  const tried = spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs none /mnt'], { stdio: 'ignore' })
  return tried.status === 0 ? null : 'this system does not allow mount namespaces (unshare -rm was refused)'
}

/** Words to put before a command that is to run after `mounts`, a shell text, in mounts of its own. */
export function withMounts(mounts: string): readonly string[] {
  return ['unshare', '-rm', 'sh', '-ec', `${mounts}\nexec "$@"`, 'sh']
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
