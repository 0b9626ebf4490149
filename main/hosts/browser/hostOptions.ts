// The browser host's command line as data, or what is wrong with it.
import { parseArgs } from 'node:util'

/** What a person asked for. `data` is as it was given, null for the usual folder. */
export type HostOptions = {
  readonly data: string | null
  /** False serves and prints the address, even where a window could be opened. */
  readonly window: boolean
  /** True stays when the last window is closed, until Ctrl+C. */
  readonly keep: boolean
}

/** Options, a wish for help, or the argument that is not understood. */
export type HostOrder =
  | { readonly kind: 'run'; readonly options: HostOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly argument: string }

const known = {
  data: { type: 'string' },
  'no-window': { type: 'boolean' },
  keep: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Reads the arguments after the program's name. */
export function readHostOptions(argv: readonly string[]): HostOrder {
  const parsed = parseArgs({ args: [...argv], options: known, strict: false, allowPositionals: true, tokens: true })
  for (const token of parsed.tokens) {
    if (token.kind === 'positional') return { kind: 'wrong', argument: token.value }
    if (token.kind !== 'option') continue
    if (!Object.hasOwn(known, token.name)) return { kind: 'wrong', argument: token.rawName }
    // `--data` without a folder, or with the next option in its place, is a folder forgotten.
    const forgotten = !token.value || (!token.inlineValue && token.value.startsWith('--'))
    if ((token.name === 'data') === forgotten) return { kind: 'wrong', argument: token.rawName }
  }
  const { data, keep, help } = parsed.values
  if (help === true) return { kind: 'help' }
  const folder = typeof data === 'string' ? data : null
  return { kind: 'run', options: { data: folder, window: parsed.values['no-window'] !== true, keep: keep === true } }
}
