// `sotto search "WORDS"`: passages of the library's documents, each with its place.
import path from 'node:path'
import { documentFormat } from '#contract/document.ts'
import type { Input } from '#contract/index.ts'
import type { LibraryHit } from '#contract/library.ts'
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
import { harmless, wrap } from '../terminal.ts'
import { placeInWords } from '../words.ts'

type Wanted = Omit<Input<'library.search'>, 'folderId'> & { readonly folder: string | null }

const place: Place = { folder: 'always', mode: 'beside' }

/** Reads the arguments of `search`. */
export function searchCommand({ own, positionals, cwd }: Given): Prepared {
  const [query, extra] = positionals
  if (query === undefined) return wrong('missingWords')
  if (extra !== undefined) return wrong('tooMany', { value: extra })
  const limit = textOption(own, 'limit') ?? '20'
  if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > 100) {
    return wrong('optionValue', { option: '--limit', value: limit })
  }
  const format = textOption(own, 'format')
  const knownFormat = format === null ? null : documentFormat.safeParse(format)
  if (knownFormat?.success === false) return wrong('optionValue', { option: '--format', value: format ?? '' })
  const since = textOption(own, 'since')
  const day = since === null ? null : dayOf(since)
  if (since !== null && day === null) return wrong('optionValue', { option: '--since', value: since })
  const folder = textOption(own, 'folder')
  const wanted: Wanted = {
    query: query.slice(0, 500),
    limit: Number(limit),
    folder: folder === null ? null : path.resolve(cwd, folder),
    ...(knownFormat === null ? {} : { format: knownFormat.data }),
    ...(day === null ? {} : { modifiedFrom: day }),
  }
  return { place, run: (context) => search(context, wanted) }
}

async function search(context: CommandContext, { folder, ...wanted }: Wanted): Promise<Outcome> {
  const { client, terminal, translator, json } = context
  const filter = folder === null ? {} : await folderFilter(context, folder)
  if (filter === null) {
    terminal.note(harmless(translator.say('cli.search.noFolder', { folder: folder ?? '' })))
    return { kind: 'reported' }
  }
  const found = await client.call('library.search', { ...wanted, ...filter })
  if (!found.ok) return failed(found.failure)
  if (json) {
    const { searchOutput } = await import('../output.ts')
    terminal.json(searchOutput.parse({ hits: found.value.hits }))
    return done
  }
  if (found.value.hits.length === 0) {
    const held = await client.call('library.list', { from: 0, count: 1 })
    const nothingRead = held.ok && held.value.total === 0
    terminal.print(translator.say(nothingRead ? 'cli.library.empty' : 'cli.search.none'))
  }
  for (const hit of found.value.hits) print(context, hit)
  return done
}

async function folderFilter({ client }: CommandContext, folder: string): Promise<{ readonly folderId: string } | null> {
  const folders = await client.call('library.folders', {})
  const known = folders.ok ? folders.value.find((each) => each.path === folder) : undefined
  return known === undefined ? null : { folderId: known.id }
}

function print({ terminal, translator }: CommandContext, hit: LibraryHit): void {
  const where = placeInWords(hit.locator, translator)
  terminal.print(terminal.strong(harmless(`${hit.name} · ${where}`)))
  terminal.print(wrap(hit.snippet.text, terminal.width, '  '))
  const [file] = hit.files
  if (file !== undefined && file.path !== '') terminal.print(terminal.quiet(harmless(`  ${file.path}`)))
}

/** The beginning of a day written as 2026-11-20, in UTC; null for what is no day. */
function dayOf(text: string): string | null {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
