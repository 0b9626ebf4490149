// The browser host without its process: opens the app, serves it, opens a window, and ends with the last one.
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Failure } from '#contract/failures.ts'
import { languageOfEnvironment } from '#contract/language.ts'
import { createApp, type App } from '../../app.ts'
import { createNodeHost } from '../node/createNodeHost.ts'
import { createTranslator } from '../node/translator.ts'
import { BrowserWindows } from './browserWindows.ts'
import { askForWindow, hearRequests } from './handOver.ts'
import { Lifetime } from './lifetime.ts'
import { Openings, type NoWindow } from './openings.ts'
import { startServer } from './server.ts'

/** The world around the host. `signal` is aborted by Ctrl+C; `say` writes one line for the person. */
export type BrowserWorld = {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly resources: string
  /** The built window, absolute. */
  readonly pageRoot: string
  /** The data folder, absolute. */
  readonly dataFolder: string
  /** The program to open windows with; null serves and prints the address, and `noWindow` says why. */
  readonly browser: string | null
  readonly noWindow: NoWindow
  readonly root: boolean
  /** True stays after the last window, until Ctrl+C. */
  readonly keep: boolean
  readonly signal: AbortSignal
  readonly say: (line: string) => void
  /** Calls back when the person presses Enter; false where nobody can. */
  readonly onEnter: (listener: () => void) => boolean
}

/** Exit codes: ended with its last window or handed over, a coded failure, ended by Ctrl+C. */
export const exitCodes = { done: 0, failed: 1, stopped: 130 } as const

type Voice = {
  words(key: string): string
  say(key: string, values?: Readonly<Record<string, unknown>>): void
  explain(failure: Failure): void
}

/** Runs until there is neither window nor work, or until Ctrl+C; answers the exit code. */
export async function runBrowserHost(world: BrowserWorld): Promise<number> {
  const { environment, dataFolder } = world
  const voice = voiceOf(world)
  if (!existsSync(path.join(world.pageRoot, 'index.html'))) {
    voice.say('notBuilt')
    return exitCodes.failed
  }
  const host = await createNodeHost({ kind: 'browser', dataFolder, mode: 'own', environment })
  try {
    const app = await createApp(host, { mode: 'own', resumeJobs: true })
    if (!app.ok) return await noApp(app.failure, world, voice)
    try {
      return await serve(app.value, world, voice)
    } finally {
      await app.value.close()
    }
  } finally {
    await host.close()
  }
}

function voiceOf({ environment, resources, say }: BrowserWorld): Voice {
  const translator = createTranslator(languageOfEnvironment(environment), resources)
  return {
    words: (key) => translator.say(`browserHost.${key}`),
    say: (key, values) => say(translator.say(`browserHost.${key}`, values)),
    explain: (failure) => {
      const { message, nextStep } = translator.failure(failure)
      say(message)
      say(nextStep)
    },
  }
}

/** A folder in use is no fault when its owner can open another window. */
async function noApp(failure: Failure, world: BrowserWorld, voice: Voice): Promise<number> {
  if (failure.code === 'data-in-use' && (await askForWindow(world.dataFolder))) {
    voice.say('handedOver', { pid: failure.details.pid })
    return exitCodes.done
  }
  voice.explain(failure)
  return exitCodes.failed
}

/** Serves an opened app until the end, and leaves nothing of the window behind. */
async function serve(app: App, world: BrowserWorld, voice: Voice): Promise<number> {
  const end = Promise.withResolvers<number>()
  const lifetime = new Lifetime({
    after,
    busy: () => app.busy(),
    onWorkingAlone: () => voice.say('workingAlone'),
    onEnd: () => end.resolve(exitCodes.done),
  })
  const server = await startServer({
    pageRoot: world.pageRoot,
    attach: (port) => app.attach(port),
    onWindows: (count) => {
      if (count > 0) openings.appeared()
      if (!world.keep) lifetime.windows(count)
    },
    now: () => performance.now(),
    refusal: voice.words('refusal'),
  })
  const { environment, root, browser: program } = world
  const onExit = () => openings.browserEnded()
  const windows =
    program === null ? null : new BrowserWindows({ program, environment, root, port: server.door.port, onExit })
  const openings: Openings = new Openings({
    windows,
    noWindow: world.noWindow,
    root,
    address: (lifetimeMs) => `${server.origin}/start?code=${server.door.issueCode(lifetimeMs)}`,
    say: voice.say,
    after,
    onEnter: world.onEnter,
  })
  const stopHearing = await hearRequests(world.dataFolder, () => void openings.open())
  const stop = () => end.resolve(exitCodes.stopped)
  world.signal.addEventListener('abort', stop)
  try {
    if (world.signal.aborted) stop()
    else await openings.open()
    const code = await end.promise
    if (code === exitCodes.stopped) voice.say('stopped')
    return code
  } finally {
    world.signal.removeEventListener('abort', stop)
    stopHearing()
    openings.close()
    lifetime.close()
    await windows?.close().catch(() => voice.say('profileLeft'))
    await server.close()
  }
}

function after(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds)
  return () => clearTimeout(timer)
}
