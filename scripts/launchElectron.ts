// Runs the built app in the Electron of this checkout, and tells a start that failed from a window that was closed.
import { spawn } from 'node:child_process'

/** What is started: Electron's program and the built app, both absolute, and the words that go on to the host. */
export type ElectronLaunch = {
  readonly program: string
  readonly app: string
  readonly words: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  readonly now: () => number
}

/** An end with a fault this soon is a start that failed, in milliseconds: no display, no sandbox, missing libraries. */
export const startMs = 10_000

/** Runs until Electron ends; answers its exit code, or null where it did not start. */
export function launchElectron(launch: ElectronLaunch): Promise<number | null> {
  const startedAt = launch.now()
  return new Promise((resolve) => {
    const child = spawn(launch.program, [launch.app, ...launch.words], { stdio: 'inherit', env: launch.environment })
    const stop = (signal: NodeJS.Signals) => void child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
    const stopAll = signals.map((signal) => [signal, () => stop(signal)] as const)
    for (const [signal, listener] of stopAll) process.on(signal, listener)
    const onDisconnect = () => stop('SIGTERM')
    process.on('disconnect', onDisconnect)
    function end(code: number | null): void {
      for (const [signal, listener] of stopAll) process.off(signal, listener)
      process.off('disconnect', onDisconnect)
      resolve(code)
    }
    child.once('error', () => end(null))
    child.once('exit', (code, signal) => {
      const early = launch.now() - startedAt < startMs
      // Ctrl+C reaches both of us: that is an end, however soon.
      if (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP') end(130)
      else if (code !== 0 && early) end(null)
      else end(code ?? 1)
    })
  })
}
