// Reads one document with its progress in words.
import path from 'node:path'
import type { DocumentRecord, ReadItem } from '#contract/document.ts'
import type { Failure } from '#contract/failures.ts'
import type { Stream } from '#contract/result.ts'
import type { CommandContext } from './command.ts'

/** How adding a document ended. */
export type Added =
  | { readonly kind: 'added'; readonly document: DocumentRecord }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'stopped' }

/** Adds a file to the library and gives its record. */
export async function addDocument(context: CommandContext, file: string, password?: string): Promise<Added> {
  const { client, signal } = context
  let document: DocumentRecord | null = null
  const origin = { path: file, ...(password === undefined ? {} : { password }) }
  const ending = await readItems(context, file, client.stream('documents.add', origin, { signal }), (item) => {
    if (item.type === 'added') document = item.document
  })
  if (ending !== null) return { kind: 'failed', failure: ending }
  return document === null ? { kind: 'stopped' } : { kind: 'added', document }
}

/** Passes every item on, shows progress, and gives the failure that cut the reading short, or null. */
export async function readItems(
  context: CommandContext,
  file: string,
  stream: Stream<ReadItem>,
  take: (item: ReadItem) => void,
): Promise<Failure | null> {
  const { terminal, translator } = context
  const name = path.basename(file)
  terminal.progress(translator.say('cli.progress.readingFile', { name }))
  for (;;) {
    const step = await stream.next()
    if (step.done === true) {
      terminal.clearProgress()
      return step.value.ok ? null : step.value.failure
    }
    const item = step.value
    take(item)
    if (item.type === 'progress' && item.total > 0) {
      const { unit, read, total } = item
      terminal.progress(translator.say('cli.progress.readingUnits', { name, unit, read, total }))
    }
  }
}
