// Row: the words of every fixture are those that another program finds in it; what differs is explained, file by file.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { documentFormat, type DocumentFormat } from '../../../preload/contract/document.ts'
import { readInProcess } from '../../fixtures/documents/readInProcess.ts'
import { fixtureFormat, listedFixtures } from '../fixtureTable.ts'
import { differences, type Difference } from '../overlap/differences.ts'
import { otherExtractors, type OtherExtractor } from '../overlap/otherExtractors.ts'
import { wordOverlap, without, wordsOf, type WordOverlap } from '../overlap/wordOverlap.ts'
import type { Evidence, Row } from '../row.ts'
import { checkout } from '../runSotto.ts'

type Compared = { readonly name: string; readonly raw: WordOverlap; readonly judged: WordOverlap }

const folder = join(checkout, 'test', 'fixtures', 'documents')
const leastShare = 0.98

export const row: Row = {
  name: 'overlap',
  doneWhen:
    'The words of the fixtures are those that an independent extractor finds (LibreOffice, pandoc, poppler, Python), at ' +
    'least 0.98 of them for every format, and what differs is explained.',
  async run(evidence) {
    const others = otherExtractors()
    if ('skipped' in others) return others
    const files = listedFixtures(readFileSync(join(folder, 'README.md'), 'utf8')).map(({ file }) => file)
    const verdicts: boolean[] = []
    for (const format of documentFormat.options) {
      const ofFormat = files.filter((file) => fixtureFormat(file) === format)
      verdicts.push(await judgeFormat(format, ofFormat, others[format], evidence))
    }
    return verdicts.length > 0 && verdicts.every(Boolean) ? 'green' : 'red'
  },
}

async function judgeFormat(
  format: DocumentFormat,
  files: readonly string[],
  other: OtherExtractor,
  evidence: Evidence,
): Promise<boolean> {
  const compared: Compared[] = []
  for (const file of files) compared.push(await compare(file, other))
  const sorted = compared.toSorted((left, right) => shareOf([left.judged]) - shareOf([right.judged]))
  const median = shareOf(sorted.slice(Math.floor(sorted.length / 2)).slice(0, 1).map(({ judged }) => judged)) // prettier-ignore
  const all = shareOf(compared.map(({ judged }) => judged))
  const raw = shareOf(compared.map(({ raw: each }) => each))
  const words = compared.reduce((sum, { judged }) => sum + judged.larger, 0)
  const shares = `${all.toFixed(4)} (median ${median.toFixed(4)}, before explanations ${raw.toFixed(4)})`
  evidence(`${format.padEnd(9)}${other.name.padEnd(12)}${shares} of ${words} words in ${files.length} files`)
  for (const each of sorted.filter(({ judged }) => shareOf([judged]) < 1)) tellDifferent(each, evidence)
  for (const line of compared.flatMap(unused)) evidence(line)
  return all >= leastShare && median >= leastShare && compared.every((each) => unused(each).length === 0)
}

async function compare(file: string, other: OtherExtractor): Promise<Compared> {
  const path = join(folder, file)
  const { segments } = await readInProcess(readFileSync(path), basename(file))
  const own = wordsOf(segments.map(({ text }) => text).join('\n'))
  const others = wordsOf(await other.text(path))
  const explained = (side: Difference['side']): readonly string[] =>
    differences.filter((each) => each.file === file && each.side === side).flatMap(({ words }) => wordsOf(words))
  return {
    name: file,
    raw: wordOverlap(own, others),
    judged: wordOverlap(without(own, explained('own')), without(others, explained('other'))),
  }
}

/** An explanation of a difference that is not there any more must go. */
function unused({ name, raw }: Compared): readonly string[] {
  return differences
    .filter(({ file }) => file === name)
    .flatMap(({ side, words, reason }) => {
      const only = side === 'own' ? raw.onlyOwn : raw.onlyOther
      const gone = wordsOf(words).filter((word) => !only.has(word))
      return gone.length === 0 ? [] : [`${name}: explained and not so (${reason}): ${gone.join(' ')}`]
    })
}

function tellDifferent({ name, judged }: Compared, evidence: Evidence): void {
  const list = (words: ReadonlyMap<string, number>): string => {
    const shown = [...words].slice(0, 12).map(([word, count]) => (count === 1 ? word : `${word}×${count}`))
    return shown.join(' ') || 'nothing'
  }
  evidence(`   ${name} ${shareOf([judged]).toFixed(4)}; Sotto alone: ${list(judged.onlyOwn)}`)
  evidence(`      the other alone: ${list(judged.onlyOther)}`)
}

function shareOf(overlaps: readonly WordOverlap[]): number {
  const sum = (part: (overlap: WordOverlap) => number): number =>
    overlaps.reduce((total, overlap) => total + part(overlap), 0)
  const larger = sum((overlap) => overlap.larger)
  return larger === 0 ? 1 : sum((overlap) => overlap.shared) / larger
}
