// Files a person opened with Sotto: from the command line, a second start, or the system. Nothing else is heard there.
import path from 'node:path'

/** What tells a file from other words; `isFile` is false for folders, links to nothing and what cannot be looked at. */
export type FileWords = {
  /** The folder relative paths start from. */
  readonly cwd: string
  readonly isFile: (file: string) => boolean
}

/** How many files one start may bring. */
const most = 50

/** The existing files among the words of a command line, absolute, each once. Options and their values are passed by. */
export function filesAmong(words: readonly string[], { cwd, isFile }: FileWords): readonly string[] {
  const files = new Set<string>()
  for (const [index, word] of words.entries()) {
    // An address is not a path, even where a folder of that name exists.
    if (word.startsWith('-') || /^[a-z][a-z0-9+.-]+:/i.test(word) || words[index - 1] === '--data') continue
    const file = path.resolve(cwd, word)
    if (files.size < most && isFile(file)) files.add(file)
  }
  return [...files]
}

/** The folder after `--data`, absolute; null for the usual one. */
export function dataFolderAmong(words: readonly string[], cwd: string): string | null {
  const at = words.indexOf('--data')
  const folder = at === -1 ? undefined : words[at + 1]
  return folder === undefined || folder === '' ? null : path.resolve(cwd, folder)
}
