// Opens Sotto from a checkout: builds the window if it changed, chooses the host, starts it. Started by start.mjs.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { hasDisplay } from '../main/hosts/browser/hasDisplay.ts'
import { buildWindow } from './buildWindow.ts'
import { chooseHost } from './electronChoice.ts'
import { electronHere, electronProgram } from './electronHere.ts'
import { launchElectron } from './launchElectron.ts'
import { lookAround } from './lookAround.ts'
import { repository } from './setup.mjs'
import { readStartOptions, startHelp, type StartOptions } from './startOptions.ts'

const browserMain = join(repository, 'main', 'hosts', 'browser', 'main.ts')
const electronMain = join(repository, 'main', 'hosts', 'electron', 'main.ts')

const nextSteps = `
What to try next:
  npx sotto summarize YOUR-FILE.pdf        Word, PowerPoint, mail and more too; a folder gives an overview
  npx sotto ask "Who decides?" --document YOUR-FILE.pdf    the passages that answer, with their places
  npx sotto doctor                         what works here, and what does not`

/** Where the person stands; npm itself moves to the repository. */
const here = process.env['INIT_CWD'] ?? process.cwd()
const options = readStartOptions(process.argv.slice(2), here)
if ('wrong' in options) {
  console.error(options.wrong)
  console.error(startHelp)
  process.exitCode = 2
} else if (options.help) {
  console.log(startHelp)
} else {
  await open(options)
}

async function open(given: StartOptions): Promise<void> {
  if (given.cli) {
    process.exitCode = summarizeSample(given.file)
    return
  }
  if (!buildWindow(repository, console.error)) {
    process.exitCode = 1
    return
  }
  if (nobodyCanLook(given)) {
    process.exitCode = await lookOnce(given)
    return
  }
  // Only the browser host serves a window it does not open itself.
  const served = given.forHost.includes('--no-window')
  const host = served ? 'browser' : await chooseHost(given.host, electronHere(repository, existsSync(electronMain)))
  const code = host === 'electron' ? await inElectron(given) : null
  if (code !== null) {
    process.exitCode = code
    return
  }
  // The host is this process from here on: it has our terminal, our signals and our exit code.
  process.argv.splice(2, process.argv.length, ...given.forHost)
  await import(browserMain)
}

/** Runs Sotto in Electron; null after saying that it did not start there. */
async function inElectron(given: StartOptions): Promise<number | null> {
  const program = electronProgram(repository, process.env)
  const app = join(repository, 'dist', 'app')
  const launch = { app, words: given.forHost, environment: process.env, now: () => performance.now() }
  const { buildElectron } = await import('./buildElectron.ts') // brings a compiler along, which nobody else here needs
  const built = program !== null && buildElectron(repository, console.error)
  const code = built ? await launchElectron({ ...launch, program }) : null
  if (code === null) console.error('Sotto did not start in Electron, so it opens in the browser.')
  return code
}

/** No display and no terminal: a check or a build machine, unless whoever starts us says that a window is to be served. */
function nobodyCanLook(given: StartOptions): boolean {
  const served = given.forHost.includes('--no-window') || given.forHost.includes('--keep') || given.host !== null
  return !served && !hasDisplay(process.platform, process.env) && (!process.stdin.isTTY || process.env['CI'] === 'true')
}

/** Shows that Sotto works where nobody can look at it: its window is served, and a summary comes out. */
async function lookOnce(given: StartOptions): Promise<number> {
  console.log('There is no display and no terminal here, so Sotto shows that it works and ends.')
  console.log('To keep it running without a window: npm start -- --no-window\n')
  const served = await lookAround(browserMain, given.forHost, console.log)
  return served ? summarizeSample(null) : 1
}

function summarizeSample(file: string | null): number {
  const document = file ?? sample()
  if (document === undefined) {
    console.error('There is no sample document in resources/samples. Try: npm start -- --cli FILE')
    return 1
  }
  console.log(`Summarizing ${relative(here, document)} on this computer …\n`)
  const code = spawnSync(process.execPath, [join(repository, 'scripts', 'sotto.mjs'), 'summarize', document], {
    stdio: ['ignore', 'inherit', 'inherit'],
  }).status
  if (code === 0) console.log(nextSteps)
  return code ?? 1
}

/** The first sample, PDF before Markdown. */
function sample(): string | undefined {
  const folder = join(repository, 'resources', 'samples')
  const names = existsSync(folder) ? readdirSync(folder).sort() : []
  const name = names.find((each) => each.endsWith('.pdf')) ?? names.find((each) => each.endsWith('.md'))
  return name === undefined ? undefined : join(folder, name)
}
