// The arguments of `npm start --`: ours, and those that go on to the host.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What was asked for. `host` null leaves the choice to us; `forHost` goes on as it is. */
export type StartOptions = {
  readonly help: boolean
  /** Runs the command line on a file (or the sample) instead of opening a window. */
  readonly cli: boolean
  /** Absolute; null for the sample. */
  readonly file: string | null
  readonly host: 'electron' | 'browser' | null
  readonly forHost: readonly string[]
}

/** Every option in one place. */
export const startHelp = `npm start -- [options]
  --data FOLDER             keep the data in this folder
  --no-window               open no window; print the address for one
  --keep                    stay when the last window is closed
  --host=browser|electron   open the window this way from now on
  --cli [FILE]              summarize FILE, or the sample, in the terminal
  --help                    show this help`

/** Reads the arguments, paths from the folder `here`; what does not fit comes back as a sentence. */
export function readStartOptions(argv: readonly string[], here: string): StartOptions | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        'no-window': { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        host: { type: 'string' },
        cli: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const { data, keep, cli, help, host } = values
    if (host !== undefined && host !== 'electron' && host !== 'browser') return { wrong: `There is no host “${host}”.` }
    if (positionals.length > (cli ? 1 : 0)) return { wrong: `“${positionals.at(-1)}” does not fit here.` }
    const forHost = [
      ...(data === undefined ? [] : ['--data', resolve(here, data)]),
      ...(values['no-window'] ? ['--no-window'] : []),
      ...(keep ? ['--keep'] : []),
    ]
    return {
      help,
      cli,
      file: positionals[0] === undefined ? null : resolve(here, positionals[0]),
      host: host ?? null,
      forHost,
    }
  } catch (error) {
    // parseArgs throws on what it does not know; its first sentence is made for people.
    return { wrong: error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error) }
  }
}
