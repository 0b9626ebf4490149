// The CLI's process: arguments, signals, exit code.
import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import process from 'node:process'
import { appRoot, readAppVersion } from '../node/appRoot.ts'
import { defaultDataFolder } from '../node/defaultDataFolder.ts'
import { runCli } from './cli.ts'

const interrupted = new AbortController()

/** Requests to stop this close together are one: a terminal tells both us and the launcher, which passes it on. */
const echoMilliseconds = 400

const stop = { at: Number.POSITIVE_INFINITY }

/** The first request to stop is an orderly one, the second ends everything. */
function onStop(): void {
  if (performance.now() - stop.at > echoMilliseconds) process.exit(130)
  if (interrupted.signal.aborted) return
  stop.at = performance.now()
  interrupted.abort()
}
process.on('SIGINT', onStop)
process.on('SIGTERM', onStop)
process.on('SIGHUP', onStop)
// The launcher that started us on the right Node is gone: nobody waits for an answer.
if (process.channel !== undefined) {
  process.on('disconnect', onStop)
  process.channel.unref()
}
// A reader that has enough (`| head`) is no fault.
process.stdout.on('error', onStop)
process.stderr.on('error', () => undefined)

const code = await runCli(process.argv.slice(2), {
  output: process.stdout,
  errors: process.stderr,
  environment: process.env,
  cwd: process.cwd(),
  resources: `${appRoot}/resources`,
  defaultDataFolder: defaultDataFolder({ platform: process.platform, environment: process.env, home: homedir() }),
  version: readAppVersion,
  signal: interrupted.signal,
  now: () => performance.now(),
  newId: randomUUID,
  openSession: async (order) => (await import('./openSession.ts')).openSession(order, process.env),
})

// Both streams may still hold text for a slow reader; nothing else has anything left to do.
process.stderr.write('', () => process.stdout.write('', () => process.exit(code)))
