// Reads the tables of the fixtures' README: which file, who made it, where it is from, under which licence.
import { documentFormat, type DocumentFormat } from '../../preload/contract/document.ts'

/** One file with its cells; `file` is its path below the fixtures, and no cell is more than trimmed. */
export type ListedFixture = {
  readonly file: string
  readonly producer: string
  readonly source: string
  readonly licence: string
}

/**
 * Every file of every table with the columns file, producer, source, licence. A heading of the second level that names a
 * folder in backticks, such as "PDF (`pdf/`)", says where the files of the tables below it lie.
 */
export function listedFixtures(readme: string): readonly ListedFixture[] {
  const found: ListedFixture[] = []
  let folder = ''
  let isTable = false
  for (const line of readme.split('\n')) {
    if (line.startsWith('## ')) folder = /`([\w-]+\/)`/.exec(line)?.[1] ?? ''
    if (!line.startsWith('|')) isTable = false
    else if (/^\| *file *\| *producer *\| *source *\| *licence *\|$/.test(line)) isTable = true
    else if (isTable) found.push(...filesOf(line, folder))
  }
  return found
}

/** The format a fixture's ending stands for. */
export function fixtureFormat(file: string): DocumentFormat | undefined {
  const ending = file.slice(file.lastIndexOf('.') + 1)
  const name = { txt: 'text', md: 'markdown' }[ending] ?? ending
  return documentFormat.options.find((format) => format === name)
}

/** A line may name several files, each in backticks; the line under the head names none. */
function filesOf(line: string, folder: string): readonly ListedFixture[] {
  const [files = '', producer = '', source = '', licence = ''] = line
    .split('|')
    .slice(1)
    .map((cell) => cell.trim())
  return [...files.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ file: folder + name, producer, source, licence }))
}
