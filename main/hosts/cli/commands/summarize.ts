// `sotto summarize FILE`: the gist at once, progress in words, then every sentence with its place. More than one is a batch.
import path from 'node:path'
import type { DocumentRecord } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { GistSentence, Summary, SummaryItem, SummaryPreset } from '#contract/summary.ts'
import type { Result, Stream } from '#contract/result.ts'
import {
  done,
  failed,
  wrong,
  type CommandContext,
  type Given,
  type Outcome,
  type Place,
  type Prepared,
} from '../command.ts'
import { textOption } from '../commandLine.ts'
import { isFolder } from '../filesAt.ts'
import { passwordFrom, readPassword, type PasswordFrom } from '../password.ts'
import { addDocument } from '../readDocument.ts'
import { progressInWords } from '../summaryProgress.ts'
import { printGist, printSummary } from '../summaryText.ts'
import { exportWish, writeExport, type ExportWish } from '../writeExport.ts'
import { summarizeMany } from './summarizeMany.ts'

type Order = {
  readonly file: string
  readonly preset: SummaryPreset
  readonly instruction: string | null
  readonly fresh: boolean
  readonly password: PasswordFrom
  readonly wish: ExportWish | null
}

const presets: readonly SummaryPreset[] = ['brief', 'detailed', 'bullets', 'actions', 'own']
const place: Place = { folder: 'asked', mode: 'own' }

/** Reads the arguments of `summarize`. */
export function summarizeCommand({ own, positionals, cwd }: Given): Prepared {
  const [file] = positionals
  if (file === undefined) return wrong('missingFile')
  const atOnce = Number(textOption(own, 'at-once') ?? 1)
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > 16) {
    return wrong('optionValue', { option: '--at-once', value: textOption(own, 'at-once') ?? '' })
  }
  const instruction = textOption(own, 'instruction')
  const named = textOption(own, 'preset') ?? (instruction === null ? 'brief' : 'own')
  const preset = presets.find((known) => known === named)
  if (preset === undefined) return wrong('optionValue', { option: '--preset', value: named })
  if (preset === 'own' && instruction === null) return wrong('missingInstruction')
  if (preset !== 'own' && instruction !== null) return wrong('optionValue', { option: '--instruction', value: named })
  const password = passwordFrom(textOption(own, 'password-file'), cwd)
  const wish = exportWish(own, cwd)
  if (wish !== null && 'wrong' in wish) return wish
  const places = positionals.map((each) => path.resolve(cwd, each))
  const order = { file: path.resolve(cwd, file), preset, instruction, fresh: own['fresh'] === true, password, wish }
  const run = async (context: CommandContext): Promise<Outcome> => {
    const many = places.length > 1 || (await isFolder(order.file))
    return many ? summarizeAll(context, order, places) : summarize(context, order)
  }
  return { place, run, ...(textOption(own, 'at-once') === null ? {} : { atOnce }) }
}

async function summarizeAll(context: CommandContext, order: Order, places: readonly string[]): Promise<Outcome> {
  const stopped = stoppedIn(context)
  const password = await readPassword(order.password, context)
  if (!password.ok) return failed(password.failure)
  if (password.value === null) return stopped
  const { preset, instruction, wish } = order
  return summarizeMany(context, { places, preset, instruction, password: password.value, wish }, stopped)
}

function stoppedIn({ folder }: CommandContext): Outcome {
  return { kind: 'stopped', sentence: folder === null ? 'cli.stoppedNothingKept' : 'cli.stoppedKept' }
}

async function summarize(context: CommandContext, order: Order): Promise<Outcome> {
  const { client } = context
  const stopped = stoppedIn(context)
  const password = await readPassword(order.password, context)
  if (!password.ok) return failed(password.failure)
  if (password.value === null) return stopped
  const added = await addDocument(context, order.file, password.value)
  if (added.kind === 'failed') return failed(added.failure)
  if (added.kind === 'stopped' || context.signal.aborted) return stopped
  const { document } = added
  const input = {
    documentId: document.id,
    preset: order.preset,
    ...(order.instruction === null ? {} : { instruction: order.instruction }),
    fresh: order.fresh,
  }
  const started = await client.call('summaries.start', input, { signal: context.signal })
  if (!started.ok) return context.signal.aborted ? stopped : failed(started.failure)
  const followed = await follow(context, document, started.value.jobId)
  if ('failure' in followed) return failed(followed.failure)
  if (followed.summary === null) return stopped
  if (order.wish !== null) {
    return writeExport(
      context,
      { kind: 'summary', documentId: document.id, summaryId: followed.summary.id },
      order.wish,
    )
  }
  await show(context, followed.summary)
  return done
}

type Followed = { readonly failure: Failure } | { readonly summary: Summary | null }

/** Follows the job; Ctrl+C stops it, which keeps its finished steps. */
async function follow(context: CommandContext, document: DocumentRecord, jobId: string): Promise<Followed> {
  const { client, signal } = context
  let stopping: Promise<Result<unknown>> | undefined
  function stop(): void {
    stopping ??= client.call('jobs.stop', { jobId })
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
  try {
    return await readSummary(context, document, client.stream('summaries.follow', { jobId }))
  } finally {
    signal.removeEventListener('abort', stop)
    await stopping
  }
}

async function readSummary(
  context: CommandContext,
  document: DocumentRecord,
  stream: Stream<SummaryItem>,
): Promise<Followed> {
  const { terminal, translator, json } = context
  let summary: Summary | null = null
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      return step.value.ok ? { summary } : { failure: step.value.failure }
    }
    const item = step.value
    if (item.type === 'summary') summary = item.summary
    if (item.type === 'gist' && !json) showGist(context, document, item.sentences)
    if (item.type === 'planned' && item.reused > 0) {
      terminal.note(translator.say('cli.progress.reused', { reused: item.reused, steps: item.steps }))
    }
    if (item.type === 'progress') terminal.progress(progressInWords(item, document.coverage, translator))
  }
}

function showGist({ terminal, translator }: CommandContext, document: DocumentRecord, gist: GistSentence[]): void {
  printGist(terminal, translator, document, gist)
}

async function show(context: CommandContext, summary: Summary): Promise<void> {
  const { terminal, translator, folder, json } = context
  if (!json) {
    printSummary(terminal, translator, summary)
    if (folder === null) terminal.note(terminal.quiet(translator.say('cli.summary.nothingKept')))
    return
  }
  const { summarizeOutput } = await import('../output.ts')
  const { createdAt: _createdAt, ...provenance } = summary.provenance
  const { text, claims, coverage } = summary
  terminal.json(summarizeOutput.parse({ summary: { text, claims, coverage }, provenance }))
}
