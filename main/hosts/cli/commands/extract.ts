// `sotto extract FILE…`: the text of documents, passage by passage; one JSON line per file with --json.
import path from 'node:path'
import type { ReadItem, Segment } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import {
  done,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { readItems } from '../readDocument.ts'
import { harmless } from '../terminal.ts'
import { coverageInWords, placeInWords } from '../words.ts'

type Opened = Extract<ReadItem, { type: 'opened' }>
type Finished = Extract<ReadItem, { type: 'finished' }>
type Extracted = {
  readonly name: string
  readonly opened: Opened | null
  readonly segments: readonly Segment[]
  readonly finished: Finished | null
  readonly failure: Failure | null
}

const place: Place = { folder: 'asked', mode: 'own' }

/** Reads the arguments of `extract`. */
export function extractCommand({ positionals, cwd }: Given): Prepared {
  if (positionals.length === 0) return wrong('missingFile')
  const files = positionals.map((file) => path.resolve(cwd, file))
  return { place, run: (context) => extractAll(context, files) }
}

/** Tries every file; a failure is told with its file and does not keep the others from being read. */
async function extractAll(context: CommandContext, files: readonly string[]): Promise<Outcome> {
  let failures = 0
  for (const file of files) {
    const extracted = await extract(context, file)
    if (context.signal.aborted || extracted.finished?.reason === 'stopped') return stopped
    if (extracted.failure !== null) failures += 1
    if (context.json) await printJson(context, extracted)
    else print(context, extracted)
  }
  return failures === 0 ? done : { kind: 'reported' }
}

async function extract(context: CommandContext, file: string): Promise<Extracted> {
  const segments: Segment[] = []
  let opened: Opened | null = null
  let finished: Finished | null = null
  const stream = context.client.stream('documents.extract', { path: file }, { signal: context.signal })
  const failure = await readItems(context, file, stream, (item) => {
    if (item.type === 'opened') opened = item
    if (item.type === 'segments') segments.push(...item.segments)
    if (item.type === 'finished') finished = item
  })
  return { name: path.basename(file), opened, segments, finished, failure }
}

async function printJson({ terminal, translator }: CommandContext, extracted: Extracted): Promise<void> {
  const { extractOutput } = await import('../output.ts')
  const { name, opened, segments, failure } = extracted
  const line = {
    document: { name, sha256: opened?.sha256 ?? null, format: opened?.format ?? null },
    segments: segments.map(({ text, locator }) => ({ text, locator })),
    ...(failure === null ? {} : { failure: { code: failure.code, ...translator.failure(failure) } }),
  }
  terminal.json(extractOutput.parse(line))
}

function print({ terminal, translator }: CommandContext, extracted: Extracted): void {
  const { name, opened, segments, finished, failure } = extracted
  if (opened !== null) {
    terminal.print(terminal.strong(harmless(translator.say('cli.extract.head', { name, format: opened.format }))))
    terminal.print()
  }
  let place = ''
  for (const { text, locator } of segments) {
    const here = `[${placeInWords(locator, translator)}]`
    if (here !== place) terminal.print(terminal.quiet(harmless(here)))
    place = here
    terminal.print(`${harmless(text)}\n`)
  }
  if (finished !== null) terminal.print(terminal.quiet(`${coverageInWords(finished.coverage, translator)}\n`))
  if (failure !== null) {
    const { message, nextStep } = translator.failure(failure)
    terminal.note(harmless(message))
    terminal.note(harmless(translator.say('cli.nextStep', { nextStep })))
  }
}
