// Which process a child runs in: Electron's own, or Node where the engine ended there before it said a word.
import type { ChildKind, ChildLimits, ChildPort, Logger } from '../../host.ts'

/** One way to start a child. */
export type Spawn = (kind: ChildKind, limits: ChildLimits) => ChildPort

/** What the choice is made from. */
export type ElectronChildrenDeps = {
  readonly utility: Spawn
  /** Children on plain Node; null in a package that brings no Node along. */
  readonly node: Spawn | null
  readonly logger: Logger
}

/**
 * Starts children as utility processes. A kind whose process ended by itself without a single message is held to
 * refuse to run there: the next one (the supervisor asks for it) is a Node process where there is a Node, and stays
 * that for this run. Without a Node the failure is told as it is, by the supervisor's own codes.
 */
export function createElectronSpawn({ utility, node, logger }: ElectronChildrenDeps): Spawn {
  const refusing = new Set<ChildKind>()
  return (kind, limits) => {
    if (node !== null && refusing.has(kind)) return node(kind, limits)
    return watched(utility(kind, limits), () => {
      refusing.add(kind)
      logger.warn('child.refused', { kind, fallback: node === null ? 'none' : 'node' })
    })
  }
}

function watched(child: ChildPort, onSilentEnd: () => void): ChildPort {
  const state = { spoke: false, killed: false }
  return {
    get pid() {
      return child.pid
    },
    post: (message) => child.post(message),
    onMessage: (listener) =>
      child.onMessage((message) => {
        state.spoke = true
        listener(message)
      }),
    onExit: (listener) =>
      child.onExit((exit) => {
        if (!state.spoke && !state.killed && exit.code !== 0) onSilentEnd()
        listener(exit)
      }),
    kill: () => {
      state.killed = true
      child.kill()
    },
  }
}
