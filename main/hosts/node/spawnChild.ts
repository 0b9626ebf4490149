// Starts the app's children on plain Node: a reduced environment, hard limits, and an exit that is always reported.
import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { assertNever } from '#contract/result.ts'
import type { ChildKind, ChildLimits, ChildPort } from '../../host.ts'
import { Latch } from './latch.ts'

type Exit = { readonly code: number | null; readonly signal: string | null }

/** Where the app's code lies and what a child may see of the environment. `entries` replaces entry files in tests. */
export type SpawnOptions = {
  /** The folder that holds `main/` and `node_modules/`, absolute. */
  readonly root: string
  /** Folders of code beside `root` that a reader may read, absolute. */
  readonly packages?: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly entries?: Readonly<Partial<Record<ChildKind, string>>>
  /** The Node to start children with, absolute; this process's own program where it is Node itself. */
  readonly program?: string
}

/** What Node, the dynamic linker and the system's own libraries need; no keys, no proxies, no Node options. */
const plainVariables = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'TZ', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH']

/** What GPU drivers look for besides. */
const gpuVariables = ['HOME', 'USERPROFILE', 'LOCALAPPDATA', 'APPDATA', 'PATH', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR']
const gpuPrefixes = /^(CUDA|NVIDIA|VK|GGML|AMD|ROCR|HIP)_/

/** Names a library the engine would load and run. */
const codeVariables = new Set(['GGML_BACKEND_PATH'])

/** How long the last messages may take after the exit itself was seen, in milliseconds. */
const drainMilliseconds = 1000

/** Makes the host's `spawn`: one Node process per child, ended with the parent, never inheriting its secrets. */
export function createSpawn(options: SpawnOptions): (kind: ChildKind, limits: ChildLimits) => ChildPort {
  return (kind, limits) => {
    const child = fork(options.entries?.[kind] ?? entryOf(kind), [], {
      cwd: options.root,
      env: environmentOf(kind, options.environment),
      execArgv: [...argumentsOf(kind, limits, options.root, ...(options.packages ?? []))],
      serialization: 'advanced',
      ...(options.program === undefined ? {} : { execPath: options.program }),
      // What a native library prints may quote its input, so it goes nowhere.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    return portOf(child)
  }
}

/** The file a child starts with, absolute. */
export function entryOf(kind: ChildKind): string {
  switch (kind) {
    case 'reader':
      return fileURLToPath(new URL('../../documents/reader/entry.ts', import.meta.url))
    case 'inference':
      return fileURLToPath(new URL('../../inference/process/entry.ts', import.meta.url))
    default:
      return assertNever(kind)
  }
}

/** Node's arguments for a child: its heap limit and, for the reader, the permission model with the files it may read. */
export function argumentsOf(kind: ChildKind, limits: ChildLimits, ...code: readonly string[]): readonly string[] {
  const heap = `--max-old-space-size=${limits.heapMegabytes}`
  if (kind !== 'reader') return [heap]
  const readable = [...code, ...(limits.readablePaths ?? [])].map((file) => `--allow-fs-read=${path.resolve(file)}`)
  return [heap, '--permission', ...readable]
}

/** The few variables a child may see; a GPU driver needs some more than a reader. */
export function environmentOf(
  kind: ChildKind,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const allowed = new Set(kind === 'inference' ? [...plainVariables, ...gpuVariables] : plainVariables)
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined || codeVariables.has(name)) continue
    if (allowed.has(name) || (kind === 'inference' && gpuPrefixes.test(name))) kept[name] = value
  }
  return kept
}

function portOf(child: ChildProcess): ChildPort {
  const messages = new Latch<unknown>()
  const exits = new Latch<Exit>()
  const killWithParent = () => child.kill('SIGKILL')
  process.once('exit', killWithParent)
  function end(exit: Exit): void {
    process.off('exit', killWithParent)
    exits.put(exit)
  }
  child.on('message', (message) => messages.put(message))
  // A process that never started has no exit of its own; one that did also gets `error` when a kill or a post fails.
  child.on('error', () => {
    if (child.pid === undefined) end({ code: null, signal: null })
  })
  child.on('exit', (code, signal) => afterLastMessage(child, () => end({ code, signal })))
  return {
    pid: child.pid,
    post: (message) => {
      // Posting to a child that has gone is no fault of the caller: `onExit` tells it.
      if (child.connected) child.send(message as object, () => undefined) // as: any structured-cloneable value may be sent
    },
    onMessage: (listener) => messages.listen(listener),
    onExit: (listener) => exits.listen(listener),
    kill: () => void child.kill('SIGKILL'),
  }
}

function afterLastMessage(child: ChildProcess, then: () => void): void {
  if (!child.connected) return then()
  const timer = setTimeout(then, drainMilliseconds)
  child.once('disconnect', () => {
    clearTimeout(timer)
    then()
  })
}
