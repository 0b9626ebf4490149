// A child process that does only what the test tells it, and remembers what it was sent.
import type { ChildPort } from '../../main/host.ts'

/** The app's end, and the test's: `say` is a message from the child, `exit` its end. */
export type FakeChild = {
  readonly port: ChildPort
  readonly posted: unknown[]
  readonly kills: () => number
  say(message: unknown): void
  exit(code: number | null, signal: string | null): void
}

/** Makes one with process id 4711. A kill is counted and reported as an exit by SIGKILL. */
export function createFakeChild(): FakeChild {
  let onMessage: (message: unknown) => void = () => undefined
  let onExit: Parameters<ChildPort['onExit']>[0] = () => undefined
  let killed = 0
  const posted: unknown[] = []
  return {
    port: {
      pid: 4711,
      post: (message) => void posted.push(message),
      onMessage: (listener) => (onMessage = listener),
      onExit: (listener) => (onExit = listener),
      kill: () => {
        killed += 1
        onExit({ code: null, signal: 'SIGKILL' })
      },
    },
    posted,
    kills: () => killed,
    say: (message) => onMessage(message),
    exit: (code, signal) => onExit({ code, signal }),
  }
}
