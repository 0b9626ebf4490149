// Help, made from the same tables the arguments are read with.
import type { Translator } from '../node/translator.ts'
import { commandNames, ownOptions, type CommandName } from './commandLine.ts'
import { wrap } from './terminal.ts'

type Row = readonly [string, string]

/** What stands for an option's value in the help. */
const valueNames: Readonly<Record<string, string>> = {
  model: 'file',
  data: 'folder',
  language: 'language',
  preset: 'preset',
  'at-once': 'number',
  with: 'answer',
  instruction: 'text',
  document: 'file',
  'password-file': 'file',
  limit: 'number',
  folder: 'folder',
  format: 'format',
  since: 'day',
  anchor: 'anchor',
  output: 'file',
  bundle: 'file',
}

/** Commands that only look at a data folder. */
const lookingCommands: readonly CommandName[] = ['search', 'export', 'models', 'doctor', 'ledger', 'policy']

/** The help for a command, or for all of it. */
export function helpText(command: CommandName | null, { say }: Translator, width: number): string {
  const option = (name: string, sentence = name): Row => {
    const value = valueNames[name]
    const argument = value === undefined ? '' : ` ${say(`cli.argument.${value}`)}`
    return [`--${name}${argument}`, say(`cli.option.${sentence}`)]
  }
  const own = command === null ? [] : Object.keys(ownOptions[command])
  const looking = command !== null && lookingCommands.includes(command)
  const options = [
    ...own.map((name) => option(name, name === 'format' && command !== 'search' ? 'exportFormat' : name)),
    option('json'),
    option('model'),
    option('data', looking ? 'dataReading' : 'data'),
    option('language'),
    option('help'),
    ...(command === null ? [option('version')] : []),
  ]
  const about = command === null ? say('cli.help.about') : say(`cli.help.${command}.about`)
  const usage =
    command === null
      ? table(
          commandNames.map((name) => [say(`cli.help.${name}.short`), say(`cli.help.${name}.about`)]),
          width,
        )
      : usageOf(command, say, width)
  const parts = [
    wrap(about, width),
    `${say(command === null ? 'cli.help.commands' : 'cli.help.usage')}\n${usage}`,
    `${say('cli.help.options')}\n${table(options, width)}`,
    ...(command === null ? [wrap(say('cli.help.more'), width)] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

/** What stands below a command line that was not understood: how it is written, and where to read more. */
export function usageHint(command: CommandName | null, { say }: Translator, width: number): string {
  if (command === null) {
    const names = wrap(commandNames.join('  '), width, '  ')
    return `${say('cli.help.commands')}\n${names}\n\n${wrap(say('cli.help.moreOfAll'), width)}\n`
  }
  return `${say('cli.help.usage')}\n${usageOf(command, say, width)}\n\n${wrap(say('cli.help.moreOf', { command }), width)}\n`
}

function usageOf(command: CommandName, say: Translator['say'], width: number): string {
  return wrap(say(`cli.help.${command}.usage`), width, '  ', '    ')
}

function table(rows: readonly Row[], width: number): string {
  // In a narrow window the heads may take no more than a third; longer ones have their text below them.
  const widest = Math.min(28, Math.floor(width / 3))
  const indent = Math.max(6, 2 + Math.min(widest, Math.max(...rows.map(([head]) => head.length))) + 2)
  return rows.map(([head, text]) => entry(head, text, indent, width)).join('\n')
}

/** A head too long for its column has its text on the next line. */
function entry(head: string, text: string, indent: number, width: number): string {
  const pad = ' '.repeat(indent)
  if (head.length + 4 > indent) return `  ${head}\n${wrap(text, width, pad)}`
  return wrap(text, width, `  ${head}`.padEnd(indent), pad)
}
