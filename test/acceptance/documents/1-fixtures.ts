// Row: for every format small real files of three producers, listed with source and licence, and what reading each must give.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { documentFormat } from '../../../preload/contract/document.ts'
import { fixtureFormat, listedFixtures, type ListedFixture } from '../fixtureTable.ts'
import type { Row } from '../row.ts'
import { checkout } from '../runSotto.ts'
import { suite } from '../suite.ts'

const folder = join(checkout, 'test', 'fixtures', 'documents')
const folders = ['pdf', 'office', 'rtf', 'html', 'csv', 'mail', 'text', 'markdown']
const smallBytes = 256 * 1024
const leastProducers = 3

export const row: Row = {
  name: 'fixtures',
  doneWhen:
    'For every format at least three real files of different producers (free licence, producer and source in a table, ' +
    'small), with expected text, structure and places; reading them gives that.',
  async run(evidence) {
    const listed = listedFixtures(readFileSync(join(folder, 'README.md'), 'utf8'))
    const problems = [...wholeness(listed), ...listed.flatMap(fileProblems)]
    for (const format of documentFormat.options) {
      const ofFormat = listed.filter(({ file }) => fixtureFormat(file) === format)
      const producers = new Set(ofFormat.map(({ producer }) => producer))
      const bytes = ofFormat.reduce((sum, { file }) => sum + sizeOf(file), 0)
      evidence(
        `${format.padEnd(9)}${ofFormat.length} files, ${Math.round(bytes / 1024)} KiB: ${[...producers].join('; ')}`,
      )
      if (producers.size < leastProducers) problems.push(`${format} has files of ${producers.size} producers`)
    }
    for (const problem of problems) evidence(problem)
    const read = await suite('hosts', ['test/hosts/readerFormats.test.ts', 'test/hosts/readerOffice.test.ts'], evidence)
    return problems.length === 0 && read ? 'green' : 'red'
  },
}

/** Files without a line in the table, and lines without a file. */
function wholeness(listed: readonly ListedFixture[]): readonly string[] {
  const named = listed.map(({ file }) => file)
  const there = folders.flatMap((name) =>
    readdirSync(join(folder, name))
      .map((file) => `${name}/${file}`)
      .filter((file) => !isExpectation(file)),
  )
  return [
    ...there.filter((file) => !named.includes(file)).map((file) => `${file} is not in the table`),
    ...named.filter((file) => !there.includes(file)).map((file) => `${file} is in the table and not in the folder`),
    ...named.filter((file, index) => named.indexOf(file) !== index).map((file) => `${file} is in the table twice`),
  ]
}

function fileProblems({ file, producer, source, licence }: ListedFixture): readonly string[] {
  const problems: string[] = []
  if ([producer, source, licence].includes('')) problems.push(`${file} has an empty cell in the table`)
  if (sizeOf(file) > smallBytes) problems.push(`${file} is larger than ${smallBytes / 1024} KiB`)
  if (sizeOf(`${file}.expected.txt`) + sizeOf(`${file}.txt`) === 0) problems.push(`${file} has no expected text`)
  return problems
}

/** What reading must give stands beside the file under its whole name. */
function isExpectation(file: string): boolean {
  return file.endsWith('.expected.txt') || (file.startsWith('office/') && file.endsWith('.txt'))
}

function sizeOf(file: string): number {
  return statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0
}
