// The command line as data: which command, with what, or what is wrong with it.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { languages, type Language } from '#contract/language.ts'
import { nearest } from './nearest.ts'

/** Every command. */
export const commandNames = [
  ...(['summarize', 'ask', 'extract', 'library', 'search'] as const),
  ...(['compare', 'export', 'jobs', 'models', 'doctor', 'ledger', 'policy'] as const),
] as const

/** One of them. */
export type CommandName = (typeof commandNames)[number]

/** Options that every command knows. */
const everywhere = {
  json: { type: 'boolean' },
  model: { type: 'string' },
  data: { type: 'string' },
  language: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig

/** Options that one command knows besides. */
export const ownOptions = {
  summarize: {
    preset: { type: 'string' },
    instruction: { type: 'string' },
    fresh: { type: 'boolean' },
    'at-once': { type: 'string' },
    format: { type: 'string' },
    output: { type: 'string' },
    'password-file': { type: 'string' },
  },
  ask: { document: { type: 'string', multiple: true }, folder: { type: 'string' } },
  extract: { 'password-file': { type: 'string' } },
  library: {},
  search: {
    folder: { type: 'string' },
    format: { type: 'string' },
    since: { type: 'string' },
    limit: { type: 'string' },
  },
  compare: { format: { type: 'string' }, output: { type: 'string' }, 'password-file': { type: 'string' } },
  export: { format: { type: 'string' }, output: { type: 'string' } },
  jobs: { with: { type: 'string' } },
  models: {
    'accept-licence': { type: 'boolean' },
    anyway: { type: 'boolean' },
    older: { type: 'boolean' },
    copy: { type: 'boolean' },
    share: { type: 'boolean' },
  },
  doctor: { bundle: { type: 'string' }, measure: { type: 'boolean' } },
  ledger: { limit: { type: 'string' }, anchor: { type: 'string', multiple: true } },
  policy: {},
} as const satisfies Record<CommandName, ParseArgsOptionsConfig>

/** What is wrong, as a key under `cli.wrong` and its values. */
export type Wrong = { readonly key: string; readonly values: Readonly<Record<string, string>> }

/** The options common to all commands, checked. */
export type GlobalOptions = {
  readonly json: boolean
  readonly model: string | null
  readonly data: string | null
  readonly language: Language | null
}

/** Options as they were given, not yet checked by their command. */
export type GivenOptions = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

/** A command line, understood or not; `language` holds even when the rest does not. */
export type CommandLine =
  | { readonly kind: 'help'; readonly command: CommandName | null; readonly language: Language | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'wrong'
      readonly wrong: Wrong
      readonly command: CommandName | null
      readonly language: Language | null
    }
  | {
      readonly kind: 'run'
      readonly command: CommandName
      readonly options: GlobalOptions
      readonly own: GivenOptions
      readonly positionals: readonly string[]
    }

/** Reads the arguments after the program's name. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const language = spokenLanguage(argv)
  const command = commandOf(argv)
  if (argv.length === 0 || (command === null && argv.some((argument) => argument === '--help' || argument === '-h'))) {
    return { kind: 'help', command: null, language }
  }
  if (command === null && argv.some((argument) => argument === '--version' || argument === '-v')) {
    return { kind: 'version' }
  }
  const refuse = (key: string, values: Readonly<Record<string, string>>) =>
    ({ kind: 'wrong', wrong: { key, values }, command, language }) as const
  if (command === null && firstWord(argv) === 'help') return helpAskedFor(argv, language)
  const parsed = parse(argv, { ...everywhere, ...(command === null ? {} : ownOptions[command]) })
  if ('key' in parsed) return refuse(parsed.key, parsed.values)
  if (command === null) {
    const value = parsed.positionals[0]
    if (value === undefined) return refuse('noCommand', {})
    return refuse(...withMeant('command', value, nearest(value, commandNames)))
  }
  if (parsed.values['help'] === true) return { kind: 'help', command, language }
  const given = textOption(parsed.values, 'language')
  if (given !== null && !isLanguage(given)) return refuse('optionValue', { option: '--language', value: given })
  // `-` as a file is a custom for what is piped in; here it would be looked for as a file of that name.
  if (parsed.positionals.includes('-')) return refuse('standardInput', {})
  const { json, model: _model, data: _data, language: _language, help: _help, ...own } = parsed.values
  return {
    kind: 'run',
    command,
    options: {
      json: json === true,
      model: textOption(parsed.values, 'model'),
      data: textOption(parsed.values, 'data'),
      language,
    },
    own,
    positionals: parsed.positionals.slice(1),
  }
}

type Parsed = { readonly values: GivenOptions; readonly positionals: readonly string[] }

function parse(argv: readonly string[], options: ParseArgsOptionsConfig): Parsed | Wrong {
  const { tokens, values, positionals } = parseArgs({
    args: [...argv],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = options[token.name]
    if (option === undefined) {
      const known = nearest(token.name, Object.keys(options))
      const [key, values] = withMeant('option', token.rawName, known === null ? null : `--${known}`)
      return { key, values }
    }
    if (option.type === 'boolean' && token.value !== undefined) {
      return { key: 'optionValue', values: { option: token.rawName, value: token.value } }
    }
    // An option in place of a value is a value forgotten; `--data=--x` says it on purpose.
    if (option.type === 'string' && (!token.value || (!token.inlineValue && token.value.startsWith('--')))) {
      return { key: 'missingValue', values: { option: token.rawName } }
    }
  }
  return { values: values as GivenOptions, positionals } // as: without strict parseArgs also allows what was refused above
}

/** `sotto help` and `sotto help COMMAND`, as other programs have it. */
function helpAskedFor(argv: readonly string[], language: Language | null): CommandLine {
  const [, named] = parseArgs({
    args: [...argv],
    options: everywhere,
    allowPositionals: true,
    strict: false,
  }).positionals
  const command = commandNames.find((name) => name === named) ?? null
  if (named === undefined || command !== null) return { kind: 'help', command, language }
  const [key, values] = withMeant('command', named, nearest(named, commandNames))
  return { kind: 'wrong', wrong: { key, values }, command: null, language }
}

/** The words for something unknown, with what may have been meant. */
function withMeant(key: string, value: string, meant: string | null): [string, Readonly<Record<string, string>>] {
  return meant === null ? [key, { value }] : [`${key}Meant`, { value, meant }]
}

/** The first argument that is neither an option nor an option's value. */
function firstWord(argv: readonly string[]): string | undefined {
  return parseArgs({ args: [...argv], options: everywhere, allowPositionals: true, strict: false }).positionals[0]
}

/** The first word, if it is a command. */
function commandOf(argv: readonly string[]): CommandName | null {
  const word = firstWord(argv)
  return commandNames.find((name) => name === word) ?? null
}

function spokenLanguage(argv: readonly string[]): Language | null {
  const { values } = parseArgs({ args: [...argv], options: everywhere, allowPositionals: true, strict: false })
  return typeof values.language === 'string' && isLanguage(values.language) ? values.language : null
}

function isLanguage(value: string): value is Language {
  return languages.some((language) => language === value)
}

/** A text option's value, or null where it was not given. */
export function textOption(values: GivenOptions, name: string): string | null {
  const value = values[name]
  return typeof value === 'string' ? value : null
}
