// The files a person means by a path: the file itself, or every document below a folder.
import { lstat } from 'node:fs/promises'
import type { Failure } from '#contract/failures.ts'
import type { IgnoredEntries } from '#contract/library.ts'
import type { CommandContext } from './command.ts'

/** Files by absolute path, in order, and why a folder could not be walked to its end. */
export type FilesAt = { readonly files: readonly string[]; readonly failure: Failure | null }

/** True for a folder; a link is none. */
export async function isFolder(place: string): Promise<boolean> {
  return lstat(place).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}

/** A folder's files that may be documents; anything else stands for itself and is refused when it is read. */
export async function filesAt(context: CommandContext, place: string): Promise<FilesAt> {
  if (!(await isFolder(place))) return { files: [place], failure: null }
  const { client, signal, terminal, translator } = context
  const walk = client.stream('library.walk', { path: place }, { signal })
  const files: string[] = []
  for (;;) {
    const step = await walk.next()
    if (step.done === true) return { files: files.sort(), failure: step.value.ok ? null : step.value.failure }
    if (step.value.type === 'files') files.push(...step.value.paths)
    else tellPassedBy(context, step.value.ignored)
    terminal.progress(translator.say('cli.extract.found', { count: files.length }))
  }
}

/** What a folder holds besides documents, so that nothing is left out silently. */
function tellPassedBy({ terminal, translator }: CommandContext, ignored: readonly IgnoredEntries[]): void {
  const list = ignored.map(({ reason, count }) => `${translator.say(`cli.library.ignored.${reason}`)}: ${count}`)
  if (list.length > 0) terminal.note(translator.say('cli.library.passedBy', { list: list.join(', ') }))
}
