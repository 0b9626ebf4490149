// Writes an export where the person wants it: text to the output, files beside nothing that is there already.
import { open } from 'node:fs/promises'
import path from 'node:path'
import type { ExportFormat, ExportItem, ExportSubject } from '#contract/export.ts'
import type { Stream } from '#contract/result.ts'
import { failureOf } from '#contract/result.ts'
import { done, failed, stopped, wrong, type CommandContext, type Outcome } from './command.ts'
import { textOption, type GivenOptions, type Wrong } from './commandLine.ts'
import { harmless } from './terminal.ts'

/** What to make and where; no file: text goes to the output, a Word or PDF file takes the export's own name in `cwd`. */
export type ExportWish = { readonly format: ExportFormat; readonly file: string | null; readonly cwd: string }

const formats: Readonly<Record<string, ExportFormat>> = {
  markdown: 'markdown',
  md: 'markdown',
  docx: 'docx',
  pdf: 'pdf',
  html: 'html',
  json: 'json',
  text: 'text',
  txt: 'text',
}

/** Reads `--format` and `--output`; null where neither was given. The ending of the file stands for the format. */
export function exportWish(own: GivenOptions, cwd: string): ExportWish | null | { readonly wrong: Wrong } {
  const output = textOption(own, 'output')
  const named = textOption(own, 'format')
  if (output === null && named === null) return null
  const word = named ?? path.extname(output ?? '').slice(1)
  const format = formats[word.toLowerCase()]
  if (format === undefined)
    return wrong('optionValue', { option: named === null ? '--output' : '--format', value: word })
  return { format, file: output === null ? null : path.resolve(cwd, output), cwd }
}

/** Makes the export and writes it. Failures: those of `exports.make`, `file-exists`, `file-unwritable`. */
export async function writeExport(context: CommandContext, what: ExportSubject, wish: ExportWish): Promise<Outcome> {
  const { client, terminal, translator, signal } = context
  const { format } = wish
  const language = translator.language
  const made = await collect(client.stream('exports.make', { what, format, language }, { signal }))
  if ('kind' in made) return made
  const { bytes, finished } = made
  if (finished.reason === 'stopped') return stopped
  if (wish.file === null && format !== 'docx' && format !== 'pdf') {
    terminal.print(harmless(bytes.toString('utf8')).trimEnd())
    return done
  }
  const file = wish.file ?? path.join(wish.cwd, finished.fileName)
  const failure = await writeNew(file, bytes)
  if (failure !== null) return failure
  terminal.note(translator.say('cli.export.written', { file: harmless(file) }))
  if (finished.withoutGlyph > 0) terminal.note(translator.say('cli.export.lacking', { count: finished.withoutGlyph }))
  return done
}

type Made = { readonly bytes: Buffer; readonly finished: Extract<ExportItem, { type: 'finished' }> }

async function collect(stream: Stream<ExportItem>): Promise<Made | Outcome> {
  const pieces: Buffer[] = []
  let finished: Made['finished'] | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      if (!step.value.ok) return failed(step.value.failure)
      return finished === null ? stopped : { bytes: Buffer.concat(pieces), finished }
    }
    if (step.value.type === 'piece') pieces.push(Buffer.from(step.value.base64, 'base64'))
    else finished = step.value
  }
}

/** Never writes over a file. */
async function writeNew(file: string, bytes: Buffer): Promise<Outcome | null> {
  const name = path.basename(file)
  try {
    const handle = await open(file, 'wx', 0o600) // closed below
    try {
      await handle.writeFile(bytes)
    } finally {
      await handle.close()
    }
    return null
  } catch (error) {
    const reason = codeOf(error)
    return failed(
      reason === 'EEXIST' ? failureOf('file-exists', { name }) : failureOf('file-unwritable', { name, reason }),
    )
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
