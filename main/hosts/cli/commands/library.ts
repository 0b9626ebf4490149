// `sotto library`: what it holds; `add PATH…` reads files and folders into it; `remove PATH…` takes them out again.
import path from 'node:path'
import type { Output } from '#contract/index.ts'
import type { LibraryFile, LibraryFolder } from '#contract/library.ts'
import { failureOf, ok, type Result } from '#contract/result.ts'
import { done, failed, wrong, type CommandContext, type Given, type Outcome, type Prepared } from '../command.ts'
import { harmless } from '../terminal.ts'
import { waitUntilRead } from '../waitUntilRead.ts'

const filesAtOnce = 500
const failuresShown = 20

/** Reads the arguments of `library`. */
export function libraryCommand({ positionals, cwd }: Given): Prepared {
  const [what = 'list', ...given] = positionals
  if (what === 'list') {
    if (given[0] !== undefined) return wrong('tooMany', { value: given[0] })
    return { place: { folder: 'always', mode: 'beside' }, run: listLibrary }
  }
  if (what !== 'add' && what !== 'remove') return wrong('subcommand', { value: what })
  if (given.length === 0) return wrong('missingPath')
  const places = given.map((place) => path.resolve(cwd, place))
  const run = what === 'add' ? addPlaces : removePlaces
  return { place: { folder: 'always', mode: 'own' }, run: (context) => run(context, places) }
}

async function listLibrary(context: CommandContext): Promise<Outcome> {
  const folders = await context.client.call('library.folders', {})
  if (!folders.ok) return failed(folders.failure)
  const files = await allFiles(context, {})
  if (!files.ok) return failed(files.failure)
  if (context.json) await printJson(context, folders.value, files.value)
  else print(context, folders.value, files.value)
  return done
}

/** Adds every place, then waits until all of it is read; Ctrl+C leaves the rest for the next time. */
async function addPlaces(context: CommandContext, places: readonly string[]): Promise<Outcome> {
  const added: Output<'library.add'>[] = []
  for (const place of places) {
    const one = await context.client.call('library.add', { path: place }, { signal: context.signal })
    if (!one.ok) return failed(one.failure)
    added.push(one.value)
  }
  const read = await waitUntilRead(context, added)
  if (!read.ok) return failed(read.failure)
  if (context.signal.aborted) return { kind: 'stopped', sentence: 'cli.library.stopped' }
  const { folders, files } = read.value
  if (context.json) await printJson(context, folders, files)
  else print(context, folders, files)
  const unreachable = folders.find(({ failure }) => failure !== null)?.failure
  return unreachable ? failed(unreachable) : done
}

async function removePlaces(context: CommandContext, places: readonly string[]): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  let documents = 0
  for (const place of places) {
    const target = await targetAt(context, place)
    if (!target.ok) return failed(target.failure)
    const removed = await client.call('library.remove', target.value)
    if (!removed.ok) return failed(removed.failure)
    documents += removed.value.documents
  }
  if (json) {
    const { libraryRemoveOutput } = await import('../output.ts')
    terminal.json(libraryRemoveOutput.parse({ removed: { documents } }))
  } else terminal.print(translator.say('cli.library.removed', { count: documents }))
  return done
}

type Target = { readonly folderId: string } | { readonly fileId: string }

/** The folder or file known by this path, which need not be there any more. */
async function targetAt(context: CommandContext, place: string): Promise<Result<Target>> {
  const folders = await context.client.call('library.folders', {})
  if (!folders.ok) return folders
  const folder = folders.value.find((known) => known.path === place)
  if (folder !== undefined) return ok({ folderId: folder.id })
  const files = await allFiles(context, { name: path.basename(place).slice(0, 200) })
  if (!files.ok) return files
  const file = files.value.find((known) => known.path === place)
  if (file !== undefined) return ok({ fileId: file.id })
  return { ok: false, failure: failureOf('not-found', { what: 'file', id: place }) }
}

async function allFiles(
  { client }: CommandContext,
  filter: { readonly name?: string },
): Promise<Result<readonly LibraryFile[]>> {
  const files: LibraryFile[] = []
  for (;;) {
    const page = await client.call('library.list', { ...filter, from: files.length, count: filesAtOnce })
    if (!page.ok) return page
    files.push(...page.value.files)
    if (page.value.files.length === 0 || files.length >= page.value.total) return ok(files)
  }
}

async function printJson(
  { terminal, translator }: CommandContext,
  folders: readonly LibraryFolder[],
  files: readonly LibraryFile[],
): Promise<void> {
  const { libraryListOutput } = await import('../output.ts')
  const inWords = files.map((file) => ({
    ...file,
    failure: file.failure === null ? null : { code: file.failure.code, ...translator.failure(file.failure) },
  }))
  terminal.json(libraryListOutput.parse({ folders, files: inWords }))
}

function print(context: CommandContext, folders: readonly LibraryFolder[], files: readonly LibraryFile[]): void {
  const { terminal, translator } = context
  const { say } = translator
  if (folders.length === 0 && files.length === 0) return terminal.print(say('cli.library.empty'))
  for (const folder of folders) {
    terminal.print(terminal.strong(harmless(folder.path)))
    terminal.print(`  ${statesInWords(folder.files, context)}`)
    const passedBy = folder.ignored.map(({ reason, count }) => `${say(`cli.library.ignored.${reason}`)}: ${count}`)
    if (passedBy.length > 0) {
      terminal.print(terminal.quiet(`  ${say('cli.library.passedBy', { list: passedBy.join(', ') })}`))
    }
  }
  for (const file of files.filter(({ folderId }) => folderId === null)) {
    terminal.print(harmless(`${file.path === '' ? file.name : file.path} · ${say(`cli.library.state.${file.state}`)}`))
  }
  printFailures(context, files)
}

function printFailures({ terminal, translator }: CommandContext, files: readonly LibraryFile[]): void {
  const unread = files.flatMap(({ failure, state }) => (failure === null || state !== 'failed' ? [] : [failure]))
  for (const failure of unread.slice(0, failuresShown)) terminal.note(harmless(translator.failure(failure).message))
  const more = unread.length - failuresShown
  if (more > 0) terminal.note(translator.say('cli.library.moreUnread', { count: more }))
}

function statesInWords(counts: LibraryFolder['files'], { translator }: CommandContext): string {
  const states = Object.entries(counts).filter(([, count]) => count > 0)
  if (states.length === 0) return translator.say('cli.library.noFiles')
  return states.map(([state, count]) => `${translator.say(`cli.library.state.${state}`)}: ${count}`).join(', ')
}
