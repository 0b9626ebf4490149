// In Electron no process starts from the engine's: there is no Node to start, only a second Sotto.
import { EventEmitter } from 'node:events'
import { createRequire, syncBuiltinESMExports } from 'node:module'

type Guarded = Record<string, unknown>

/** The error every blocked call throws. */
export class ProcessBlocked extends Error {
  readonly code = 'ERR_PROCESS_BLOCKED'
}

/**
 * Closes `node:child_process` before the engine's library is imported. The library tries its binary in a process of its
 * own first, by `fork`, which in a utility process would start Electron's program once more; a stand-in answers that it
 * went well. Nothing is lost: the binary is loaded next, in this process, which may itself die of it, and the
 * supervisor and the GPU self-test count on that. Cannot be undone.
 */
export function installProcessGuard(): void {
  const load = createRequire(import.meta.url)
  const processes = load('node:child_process') as Guarded // as: require is untyped
  for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'spawn', 'spawnSync']) {
    define(processes, name, function blocked(): never {
      throw new ProcessBlocked('this process starts no other')
    })
  }
  define(processes, 'fork', (file: unknown) => {
    if (!/[\\/]testBindingBinary\.js$/.test(String(file))) throw new ProcessBlocked('this process starts no other')
    return standIn(new EventEmitter())
  })
  syncBuiltinESMExports()
}

/** What the library's trial process would say when all is well: it names each step, and is told the next. */
function standIn(events: EventEmitter): object {
  const next: Readonly<Record<string, string>> = { start: 'loaded', test: 'done' }
  setImmediate(() => events.emit('message', { type: 'ready' }))
  return Object.assign(events, {
    exitCode: null,
    killed: false,
    kill: () => true,
    send(message: { readonly type: string }) {
      const type = next[message.type]
      setImmediate(() => (type === undefined ? events.emit('exit', 0) : events.emit('message', { type })))
      return true
    },
  })
}

function define(target: Guarded, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: false, configurable: false, enumerable: true })
}
