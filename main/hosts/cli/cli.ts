// The CLI without its process: reads arguments, opens a session, runs one command, answers the exit code.
import path from 'node:path'
import type { Client } from '#client'
import { failureOf, type Result } from '#contract/result.ts'
import { languageOfEnvironment } from '#contract/language.ts'
import { faultSite } from '../../rpc/faultSite.ts'
import { createTranslator, type Translator } from '../node/translator.ts'
import type { Command, CommandContext, Outcome, Ready } from './command.ts'
import { readCommandLine, type CommandLine, type CommandName } from './commandLine.ts'
import { helpText, usageHint } from './help.ts'
import type { Keyboard } from './password.ts'
import { harmless, Terminal, wrap, type Sink } from './terminal.ts'

/** What a session is opened with. Paths are absolute; no folder keeps nothing. */
export type SessionOrder = {
  readonly folder: string | null
  readonly mode: 'own' | 'beside'
  readonly modelPath: string | null
  /** Steps that run side by side; absent: what was measured to pay. */
  readonly atOnce?: number
}

/** An app and a client on it. Whoever opened it closes it. */
export type Session = { readonly client: Client; close(): Promise<void> }

/** The world around the CLI. `signal` is aborted by Ctrl+C. */
export type CliWorld = {
  readonly output: Sink
  readonly errors: Sink
  readonly keyboard: Keyboard
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  readonly resources: string
  readonly defaultDataFolder: string
  readonly version: () => string
  readonly signal: AbortSignal
  readonly now: () => number
  readonly newId: () => string
  readonly openSession: (order: SessionOrder) => Promise<Result<Session>>
}

/** Exit codes: done, a coded failure, a command line that was not understood, stopped by Ctrl+C. */
export const exitCodes = { done: 0, failed: 1, usage: 2, stopped: 130 } as const

type RunLine = Extract<CommandLine, { kind: 'run' }>

const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  summarize: async () => (await import('./commands/summarize.ts')).summarizeCommand,
  ask: async () => (await import('./commands/ask.ts')).askCommand,
  extract: async () => (await import('./commands/extract.ts')).extractCommand,
  library: async () => (await import('./commands/library.ts')).libraryCommand,
  search: async () => (await import('./commands/search.ts')).searchCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  jobs: async () => (await import('./commands/jobs.ts')).jobsCommand,
  models: async () => (await import('./commands/models.ts')).modelsCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  ledger: async () => (await import('./commands/ledger.ts')).ledgerCommand,
  policy: async () => (await import('./commands/policy.ts')).policyCommand,
}

/** Runs one command line and answers its exit code. */
export async function runCli(argv: readonly string[], world: CliWorld): Promise<number> {
  const line = readCommandLine(argv)
  const terminal = new Terminal(world)
  if (line.kind === 'version') {
    terminal.print(world.version())
    return exitCodes.done
  }
  const spoken = line.kind === 'run' ? line.options.language : line.language
  const translator = createTranslator(spoken ?? languageOfEnvironment(world.environment), world.resources)
  if (line.kind === 'help') {
    terminal.print(helpText(line.command, translator, terminal.width).trimEnd())
    return exitCodes.done
  }
  if (line.kind === 'wrong') return explainUsage(terminal, translator, line.wrong, line.command)
  const command = await commands[line.command]()
  const prepared = command({ own: line.own, positionals: line.positionals, cwd: world.cwd })
  if ('wrong' in prepared) return explainUsage(terminal, translator, prepared.wrong, line.command)
  const outcome = await withoutThrows(world, { terminal, translator }, () =>
    runInSession(line, prepared, world, { terminal, translator }),
  )
  return conclude(outcome, line.options.json, terminal, translator)
}

type Voice = Pick<CommandContext, 'terminal' | 'translator'>

/** A throw is a fault of ours: told with its place in the code, never with what it had in its hands. */
async function withoutThrows(world: CliWorld, voice: Voice, run: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await run()
  } catch (error) {
    const { terminal, translator } = voice
    terminal.note(translator.say('cli.fault', faultSite(error)))
    return { kind: 'failed', failure: failureOf('internal', { id: world.newId() }) }
  }
}

async function runInSession(
  { options }: RunLine,
  { place, run, atOnce }: Ready,
  world: CliWorld,
  voice: Voice,
): Promise<Outcome> {
  const given = options.data === null ? null : path.resolve(world.cwd, options.data)
  const folder = given ?? (place.folder === 'always' ? world.defaultDataFolder : null)
  const modelPath = options.model === null ? null : path.resolve(world.cwd, options.model)
  voice.terminal.progress(voice.translator.say('cli.progress.opening'))
  const session = await world.openSession({
    folder,
    mode: place.mode,
    modelPath,
    ...(atOnce === undefined ? {} : { atOnce }),
  })
  voice.terminal.clearProgress()
  if (!session.ok) return { kind: 'failed', failure: session.failure }
  const { client, close } = session.value
  const stopWords = () => voice.terminal.note(voice.translator.say('cli.stopping'))
  world.signal.addEventListener('abort', stopWords)
  try {
    return await run({ ...voice, client, keyboard: world.keyboard, json: options.json, signal: world.signal, folder })
  } finally {
    world.signal.removeEventListener('abort', stopWords)
    await close()
  }
}

async function conclude(outcome: Outcome, json: boolean, terminal: Terminal, translator: Translator): Promise<number> {
  switch (outcome.kind) {
    case 'done':
      return exitCodes.done
    case 'reported':
      return exitCodes.failed
    case 'stopped':
      terminal.note(translator.say(outcome.sentence))
      return exitCodes.stopped
    case 'failed': {
      const words = translator.failure(outcome.failure)
      if (json) {
        const { failedOutput } = await import('./output.ts')
        terminal.json(failedOutput.parse({ failure: { code: outcome.failure.code, ...words } }))
      } else {
        terminal.note(wrap(words.message, terminal.width))
        terminal.note(wrap(translator.say('cli.nextStep', { nextStep: words.nextStep }), terminal.width))
      }
      return exitCodes.failed
    }
  }
}

function explainUsage(
  terminal: Terminal,
  translator: Translator,
  wrong: { readonly key: string; readonly values: Readonly<Record<string, string>> },
  command: CommandName | null,
): number {
  terminal.note(harmless(translator.say(`cli.wrong.${wrong.key}`, wrong.values)))
  terminal.note('')
  terminal.note(usageHint(command, translator, terminal.width).trimEnd())
  return exitCodes.usage
}
