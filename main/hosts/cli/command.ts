// What a command is: it reads its arguments, says where it works, and runs on a client.
import type { Client } from '#client'
import type { Failure } from '#contract/failures.ts'
import type { Translator } from '../node/translator.ts'
import type { GivenOptions, Wrong } from './commandLine.ts'
import type { Keyboard } from './password.ts'
import type { Terminal } from './terminal.ts'

/**
 * Where a command works. `asked`: in the folder of `--data`, else nowhere, keeping nothing; `always`: there, else in
 * the person's own data folder. `beside` only reads it, whoever has it open.
 */
export type Place = { readonly folder: 'asked' | 'always'; readonly mode: 'own' | 'beside' }

/** What a running command has. `signal` is aborted by Ctrl+C. */
export type CommandContext = {
  readonly client: Client
  readonly terminal: Terminal
  readonly translator: Translator
  readonly keyboard: Keyboard
  readonly json: boolean
  readonly signal: AbortSignal
  /** The data folder, absolute; null keeps nothing. */
  readonly folder: string | null
}

/**
 * How a command ended. `reported`: it failed and has already said everything; `stopped`: by Ctrl+C, with what to tell
 * the person, a key.
 */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'reported' }
  | { readonly kind: 'stopped'; readonly sentence: string }

/** The arguments of one command. */
export type Given = { readonly own: GivenOptions; readonly positionals: readonly string[]; readonly cwd: string }

/** A command ready to run. `atOnce`: steps side by side, where a person says how many. */
export type Ready = {
  readonly place: Place
  readonly run: (context: CommandContext) => Promise<Outcome>
  readonly atOnce?: number
}

/** A command line read by its command: ready to run, or wrong. */
export type Prepared = Ready | { readonly wrong: Wrong }

/** A command. */
export type Command = (given: Given) => Prepared

/** A command line that cannot be understood. */
export function wrong(key: string, values: Readonly<Record<string, string>> = {}): { readonly wrong: Wrong } {
  return { wrong: { key, values } }
}

/** Wraps a failure as an outcome. */
export function failed(failure: Failure): Outcome {
  return { kind: 'failed', failure }
}

/** All went well. */
export const done: Outcome = { kind: 'done' }

/** Stopped, with nothing more to say. */
export const stopped: Outcome = { kind: 'stopped', sentence: 'cli.stopped' }
