// The browser host's process: arguments, signals, exit code.
import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { languageOfEnvironment } from '#contract/language.ts'
import { pageRoot, resourcesFolder as resources } from '../node/appRoot.ts'
import { defaultDataFolder } from '../node/defaultDataFolder.ts'
import { createTranslator } from '../node/translator.ts'
import { exitCodes, runBrowserHost } from './browserHost.ts'
import { findBrowser } from './findBrowser.ts'
import { hasDisplay } from './hasDisplay.ts'
import { readHostOptions, type HostOptions } from './hostOptions.ts'
import type { NoWindow } from './openings.ts'

const interrupted = new AbortController()

// A launcher passes on what the terminal has told us already, and the settings library raises a signal again that it saw.
/** Requests to stop this close together are one, in milliseconds. */
const echoMs = 400

const stop = { at: Number.POSITIVE_INFINITY }

/** The first request to stop is an orderly one, the second ends everything. */
function onStop(): void {
  if (performance.now() - stop.at > echoMs) process.exit(exitCodes.stopped)
  if (interrupted.signal.aborted) return
  stop.at = performance.now()
  interrupted.abort()
}

/** Words go to the error output, like every progress of a program. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function onEnter(listener: () => void): boolean {
  if (!process.stdin.isTTY) return false
  process.stdin.on('data', listener).unref()
  return true
}

async function chooseBrowser(options: HostOptions): Promise<{ browser: string | null; noWindow: NoWindow }> {
  if (!options.window) return { browser: null, noWindow: 'asked' }
  if (!hasDisplay(process.platform, process.env)) return { browser: null, noWindow: 'display' }
  return { browser: await findBrowser(), noWindow: 'browser' }
}

async function run(options: HostOptions): Promise<number> {
  const question = { platform: process.platform, environment: process.env, home: homedir() }
  return runBrowserHost({
    environment: process.env,
    resources,
    pageRoot,
    dataFolder: options.data === null ? defaultDataFolder(question) : path.resolve(options.data),
    ...(await chooseBrowser(options)),
    root: process.getuid?.() === 0,
    keep: options.keep,
    signal: interrupted.signal,
    say,
    onEnter,
  })
}

function explain(key: string, values: Readonly<Record<string, string>>): void {
  say(createTranslator(languageOfEnvironment(process.env), resources).say(`browserHost.${key}`, values))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onStop)
// The launcher that started us on the right Node is gone: nobody waits for us.
if (process.channel !== undefined) {
  process.on('disconnect', onStop)
  process.channel.unref()
}
process.stderr.on('error', () => undefined)
const order = readHostOptions(process.argv.slice(2))
if (order.kind === 'run') {
  process.exitCode = await run(order.options)
  process.stdin.destroy()
} else {
  if (order.kind === 'wrong') explain('wrong', { argument: order.argument })
  explain('help', {})
  process.exitCode = order.kind === 'help' ? 0 : 2
}
