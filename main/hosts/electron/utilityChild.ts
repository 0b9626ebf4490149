// A child as Electron's utility process: the same port as a Node fork, with an exit that is always reported.
import type { ChildKind, ChildLimits, ChildPort } from '../../host.ts'
import { Latch } from '../node/latch.ts'
import { entryOf, environmentOf } from '../node/spawnChild.ts'
import type { Electron } from './electronApi.ts'

/** What children are started with. `forceEnd` kills a process by its id at once; it may be gone already. */
export type UtilityOptions = {
  readonly utilityProcess: Electron['utilityProcess']
  /** The folder children start in, absolute and outside any archive. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly forceEnd: (pid: number) => void
  /** Runs `then` later; answers nothing because it is short and always runs. */
  readonly after: (milliseconds: number, then: () => void) => void
}

/** How long the last messages may take after the exit itself was seen, in milliseconds. */
const drainMilliseconds = 50

type Exit = { readonly code: number | null; readonly signal: string | null }

/** Starts one. Its heap is limited; there is no permission model in Electron, so the sandboxing is the reader's own. */
export function startUtilityChild(options: UtilityOptions, kind: ChildKind, limits: ChildLimits): ChildPort {
  const child = options.utilityProcess.fork(entryOf(kind), [], {
    serviceName: `Sotto ${kind}`,
    cwd: options.folder,
    env: environmentOf(kind, options.environment),
    execArgv: [`--max-old-space-size=${limits.heapMegabytes}`],
    // What a native library prints may quote its input, so it goes nowhere.
    stdio: 'ignore',
    allowLoadingUnsignedLibraries: false,
  })
  const messages = new Latch<unknown>()
  const exits = new Latch<Exit>()
  const state = { killed: false, over: false }
  function kill(): void {
    state.killed = true
    // `kill()` of Electron asks politely, and a child that hangs does not hear it.
    if (child.pid !== undefined && !state.over) options.forceEnd(child.pid)
  }
  child.on('message', (message: unknown) => messages.put(message))
  child.once('spawn', () => {
    if (state.killed) kill()
  })
  child.once('exit', (code) => {
    state.over = true
    const exit = state.killed ? { code: null, signal: 'SIGKILL' } : { code, signal: null }
    options.after(drainMilliseconds, () => exits.put(exit))
  })
  return {
    get pid() {
      return child.pid
    },
    post: (message) => {
      if (!state.over) child.postMessage(message)
    },
    onMessage: (listener) => messages.listen(listener),
    onExit: (listener) => exits.listen(listener),
    kill,
  }
}
