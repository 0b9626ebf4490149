// The CLI's process: arguments, signals, exit code.
import { randomUUID } from 'node:crypto'
import { homedir } from 'node:os'
import process from 'node:process'
import { readAppVersion, resourcesFolder as resources } from '../node/appRoot.ts'
import { languageOfEnvironment } from '#contract/language.ts'
import { defaultDataFolder } from '../node/defaultDataFolder.ts'
import { createTranslator } from '../node/translator.ts'
import { exitCodes, runCli } from './cli.ts'

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
const lost: { code: string | undefined } = { code: undefined }

/** A reader that has enough (`| head`) is no fault; a disk that takes nothing is one. */
function onOutputFailed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') lost.code ??= error.code ?? error.name
  onStop()
}
process.stdout.on('error', onOutputFailed)
process.stderr.on('error', () => undefined)

const code = await runCli(process.argv.slice(2), {
  output: process.stdout,
  errors: process.stderr,
  // Touched only by who reads from it: an open input keeps a process alive.
  get keyboard() {
    return process.stdin
  },
  environment: process.env,
  cwd: process.cwd(),
  resources,
  defaultDataFolder: defaultDataFolder({ platform: process.platform, environment: process.env, home: homedir() }),
  version: readAppVersion,
  signal: interrupted.signal,
  now: () => performance.now(),
  newId: randomUUID,
  openSession: async (order) => (await import('./openSession.ts')).openSession(order, process.env),
})

/** Says that what was asked for did not arrive, and answers the exit code. */
function finalCode(): number {
  if (lost.code === undefined) return code
  const { say } = createTranslator(languageOfEnvironment(process.env), resources)
  process.stderr.write(`${say('cli.outputLost', lost)}\n`)
  return exitCodes.failed
}

// Both streams may still hold text for a slow reader; nothing else has anything left to do. The turn in between lets an
// output tell that it failed.
process.stderr.write('', () => process.stdout.write('', () => setImmediate(() => process.exit(finalCode()))))
