// `sotto extract FILE|FOLDER…`: the text of documents, passage by passage; one JSON line per file with --json.
import path from 'node:path'
import type { ReadItem, Segment } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import {
  done,
  failed,
  stopped,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { textOption } from '../commandLine.ts'
import { filesAt } from '../filesAt.ts'
import { passwordFrom, readPassword, type PasswordFrom } from '../password.ts'
import { readItems } from '../readDocument.ts'
import { harmless, wrap } from '../terminal.ts'
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
export function extractCommand({ own, positionals, cwd }: Given): Prepared {
  if (positionals.length === 0) return wrong('missingFile')
  const places = positionals.map((place) => path.resolve(cwd, place))
  const from = passwordFrom(textOption(own, 'password-file'), cwd)
  return { place, run: (context) => extractAll(context, places, from) }
}

/** A file and what it is called: its name, or in a folder its path below that. */
type Source = { readonly file: string; readonly name: string }

/** Files read at the same time; what they say comes in their order all the same. */
const readers = 2

/** Tries every file; a failure is told with its file and does not keep the others from being read. */
async function extractAll(context: CommandContext, places: readonly string[], from: PasswordFrom): Promise<Outcome> {
  const given = await readPassword(from, context)
  if (!given.ok) return failed(given.failure)
  if (given.value === null) return stopped
  const password = given.value
  const sources: Source[] = []
  let failures = 0
  for (const place of places) {
    const found = await sourcesAt(context, place)
    if (found.failure !== null) {
      await report(context, { ...nothing(place), failure: found.failure })
      failures += 1
    }
    sources.push(...found.sources)
  }
  // An empty folder is no fault, and no output without a word would look like one.
  if (sources.length === 0 && failures === 0)
    context.terminal.note(context.translator.say('cli.extract.found', { count: 0 }))
  const inHand: Promise<Extracted>[] = []
  let next = 0
  for (let told = 0; told < sources.length; told += 1) {
    for (; next < sources.length && inHand.length < readers; next += 1) {
      const source = sources[next]
      if (source !== undefined) inHand.push(extract(context, source, password))
    }
    const extracted = await inHand.shift()
    if (extracted === undefined || context.signal.aborted || extracted.finished?.reason === 'stopped') return stopped
    if (extracted.failure !== null) failures += 1
    await report(context, extracted)
  }
  return failures === 0 ? done : { kind: 'reported' }
}

/** A folder's files by the path below it, a single file by its name. */
async function sourcesAt(
  context: CommandContext,
  place: string,
): Promise<{ readonly sources: readonly Source[]; readonly failure: Failure | null }> {
  const { files, failure } = await filesAt(context, place)
  const sources = files.map((file) => ({ file, name: path.relative(place, file) || path.basename(file) }))
  return { sources, failure }
}

async function report(context: CommandContext, extracted: Extracted): Promise<void> {
  if (context.json) await printJson(context, extracted)
  else print(context, extracted)
}

function nothing(place: string): Extracted {
  return { name: path.basename(place), opened: null, segments: [], finished: null, failure: null }
}

async function extract(context: CommandContext, { file, name }: Source, password?: string): Promise<Extracted> {
  const segments: Segment[] = []
  let opened: Opened | null = null
  let finished: Finished | null = null
  const origin = { path: file, ...(password === undefined ? {} : { password }) }
  const stream = context.client.stream('documents.extract', origin, { signal: context.signal })
  const failure = await readItems(context, file, stream, (item) => {
    if (item.type === 'opened') opened = item
    if (item.type === 'segments') segments.push(...item.segments)
    if (item.type === 'finished') finished = item
  })
  return { name, opened, segments, finished, failure }
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
    terminal.note(wrap(message, terminal.width))
    terminal.note(wrap(translator.say('cli.nextStep', { nextStep }), terminal.width))
  }
}
