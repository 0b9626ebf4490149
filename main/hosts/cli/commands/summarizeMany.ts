// Several documents, or a folder, summarized as one: every document read, one batch, its overview and what is left out.
import path from 'node:path'
import type { Batch, BatchItem } from '#contract/batch.ts'
import type { Failure } from '#contract/failures.ts'
import type { Result } from '#contract/result.ts'
import type { SummaryPreset } from '#contract/summary.ts'
import { done, failed, type CommandContext, type Outcome } from '../command.ts'
import { filesAt } from '../filesAt.ts'
import { addDocument } from '../readDocument.ts'
import { harmless, wrap } from '../terminal.ts'
import { chips, timeInWords } from '../words.ts'
import { writeExport, type ExportWish } from '../writeExport.ts'

/** What is asked of a batch. `places` are files and folders by absolute path. */
export type BatchOrder = {
  readonly places: readonly string[]
  readonly preset: SummaryPreset
  readonly instruction: string | null
  readonly password: string | undefined
  readonly wish: ExportWish | null
}

type Unread = { readonly name: string; readonly failure: Failure }

/** Reads what can be read, summarizes it as one batch, and prints the overview with everything left out. */
export async function summarizeMany(context: CommandContext, order: BatchOrder, stopped: Outcome): Promise<Outcome> {
  const read = await readAll(context, order)
  if (read === null) return stopped
  const { documentIds, unread } = read
  const [first] = unread
  if (documentIds.length === 0) {
    return failed(
      first?.failure ?? { code: 'batch-empty', details: { name: path.basename(order.places[0] ?? ''), files: 0 } },
    )
  }
  const { preset, instruction } = order
  const asked = { documentIds, preset, ...(instruction === null ? {} : { instruction }) }
  const started = await context.client.call('batches.start', asked, { signal: context.signal })
  if (!started.ok) return context.signal.aborted ? stopped : failed(started.failure)
  const ended = await follow(context, started.value.jobId)
  if (!ended.ok) return failed(ended.failure)
  if (context.signal.aborted) return stopped
  const batch = await context.client.call('batches.get', { jobId: started.value.jobId })
  if (!batch.ok) return failed(batch.failure)
  if (batch.value.overview === null) return stopped
  if (order.wish !== null) return writeExport(context, { kind: 'batch', jobId: started.value.jobId }, order.wish)
  if (context.json) await printJson(context, batch.value, unread)
  else print(context, batch.value, unread)
  return done
}

/** Null when stopped. */
async function readAll(
  context: CommandContext,
  { places, password }: BatchOrder,
): Promise<{ readonly documentIds: string[]; readonly unread: readonly Unread[] } | null> {
  const documentIds = new Set<string>()
  const unread: Unread[] = []
  for (const place of places) {
    const { files, failure } = await filesAt(context, place)
    if (failure !== null) unread.push({ name: path.basename(place), failure })
    for (const file of files) {
      const added = await addDocument(context, file, password)
      if (added.kind === 'stopped' || context.signal.aborted) return null
      if (added.kind === 'added') documentIds.add(added.document.id)
      else unread.push({ name: path.basename(file), failure: added.failure })
    }
  }
  return { documentIds: [...documentIds], unread }
}

/** Follows the batch; Ctrl+C stops it, which keeps its finished steps. */
async function follow(context: CommandContext, jobId: string): Promise<Result<void>> {
  const { client, signal, terminal } = context
  let stopping: Promise<unknown> | undefined
  const stop = () => {
    stopping ??= client.call('jobs.stop', { jobId })
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop)
  const items = client.stream('batches.follow', { jobId })
  let names: readonly string[] = []
  for (;;) {
    const step = await items.next()
    if (step.done === true) {
      signal.removeEventListener('abort', stop)
      await stopping
      terminal.clearProgress()
      return step.value
    }
    if (step.value.type === 'batch') names = step.value.batch.documents.map(({ name }) => name)
    tellProgress(context, step.value, names)
  }
}

function tellProgress({ terminal, translator }: CommandContext, item: BatchItem, names: readonly string[]): void {
  const { say } = translator
  if (item.type === 'document' && item.document.state === 'running') {
    terminal.progress(say('cli.batch.document', { at: item.at + 1, total: names.length, name: item.document.name }))
  }
  if (item.type !== 'job') return
  const { doneSteps: ended, totalSteps: total, remainingMs } = item.job
  if (total === 0) return
  const left =
    remainingMs === null ? '' : ` · ${say('cli.progress.left', { time: timeInWords(remainingMs, translator) })}`
  terminal.progress(`${say('cli.progress.steps', { done: ended, total })}${left}`)
}

function leftOutOf(
  { overview }: Batch,
  unread: readonly Unread[],
): readonly { name: string; failure: Failure | null }[] {
  return [...unread, ...(overview?.leftOut ?? [])]
}

function print({ terminal, translator, folder }: CommandContext, batch: Batch, unread: readonly Unread[]): void {
  const { say } = translator
  const nameOf = (id: string | null) => batch.documents.find(({ documentId }) => documentId === id)?.name ?? ''
  terminal.print()
  terminal.print(terminal.strong(say('cli.batch.overview', { count: batch.overview?.summaries ?? 0 })))
  let under = ''
  for (const { text, documentId, locators, supported } of batch.overview?.claims ?? []) {
    const name = nameOf(documentId)
    if (name !== under) terminal.print(`\n${terminal.strong(harmless(name))}`)
    under = name
    const places = chips(locators, translator)
    terminal.print(
      wrap(
        harmless(`${text}${supported ? '' : ' [?]'}${places === '' ? '' : ` ${places}`}`),
        terminal.width,
        '  ',
        '  ',
      ),
    )
  }
  const leftOut = leftOutOf(batch, unread)
  if (leftOut.length > 0) terminal.print(`\n${terminal.strong(say('cli.batch.leftOut', { count: leftOut.length }))}`)
  for (const { name, failure } of leftOut) {
    const why = failure === null ? say('cli.batch.wasStopped') : translator.failure(failure).message
    terminal.print(wrap(harmless(`${name}: ${why}`), terminal.width, '  ', '  '))
  }
  terminal.print()
  if (folder === null) terminal.note(terminal.quiet(say('cli.summary.nothingKept')))
}

async function printJson(context: CommandContext, batch: Batch, unread: readonly Unread[]): Promise<void> {
  const { terminal, translator, client } = context
  const { batchOutput } = await import('../output.ts')
  const { overview, documents } = batch
  if (overview === null) return
  const summaries = []
  for (const { documentId, name, summaryId } of documents) {
    const made = documentId === null ? null : await client.call('summaries.list', { documentId })
    const summary = made?.ok === true ? made.value.find(({ id }) => id === summaryId) : undefined
    if (summary !== undefined) {
      const { text, claims, coverage } = summary
      summaries.push({ name, summary: { text, claims, coverage } })
    }
  }
  const { createdAt: _createdAt, ...provenance } = overview.provenance
  const claims = overview.claims.map(({ documentId, ...claim }) => ({
    ...claim,
    document: documents.find((one) => one.documentId === documentId)?.name ?? null,
  }))
  const leftOut = leftOutOf(batch, unread).map(({ name, failure }) => ({
    name,
    failure: failure === null ? null : { code: failure.code, ...translator.failure(failure) },
  }))
  terminal.json(batchOutput.parse({ overview: { text: overview.text, claims }, summaries, leftOut, provenance }))
}
