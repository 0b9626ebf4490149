// Row: `sotto extract` over hundreds of real files of every format; each is read or refused with a code, in little memory.
import { spawnSync } from 'node:child_process'
import { basename, join } from 'node:path'
import { gatherDocuments, type Gathered } from '../../../scripts/gatherDocuments.ts'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'
import { extractOutput } from '../../../main/hosts/cli/output.ts'
import { readDocument } from '../../../main/documents/readerClient.ts'
import { interleaved, timed } from '../../bench/rig/interleaved.ts'
import { nodeSpawn } from '../../fakes/engineHarness.ts'
import { readToEnd } from '../../fixtures/documents/readToEnd.ts'
import type { Evidence, Row } from '../row.ts'
import { startSotto } from '../runSotto.ts'
import { watchReaders, type WatchedReader } from '../watchedReaders.ts'

type Extracted = ReturnType<typeof extractOutput.parse>

const leastFiles = 500
const gatheredFiles = 600
const mostMebibytes = 512
const hangMinutes = 40
const speedRounds = 3
/** Documents long enough that pages weigh more than the start of a process. */
const longestPdfs = 5
const seed = Number(process.env['SOTTO_CORPUS_SEED'] ?? 20_261_120)
/** What no real file may lead to: a reader that broke, hung, grew, or a fault of ours. */
const faults = new Set(['reader-crashed', 'reader-timeout', 'reader-out-of-memory', 'internal'])

export const row: Row = {
  name: 'extract',
  doneWhen:
    '`sotto extract` over 500 mixed real files gathered from free sources by a script: no crash, no hang, each read or ' +
    'refused with a code, at most 512 MB of memory in the reader; the speed of PDF as a ratio to pdftotext.',
  limitMinutes: 60,
  async run(evidence) {
    const gathered = await gatherDocuments(gatheredFiles, seed, () => undefined)
    if ('skipped' in gathered) return gathered
    const packages = new Set(gathered.files.map((file) => file.package))
    evidence(`${gathered.files.length} files of ${packages.size} Debian packages, seed ${gathered.seed}`)
    if (gathered.files.length < leastFiles) return 'red'
    const isWhole = await extractAll(gathered, evidence)
    await comparePdfs(gathered, evidence)
    return isWhole ? 'green' : 'red'
  },
}

async function extractAll({ folder, files }: Gathered, evidence: Evidence): Promise<boolean> {
  const run = startSotto(['extract', folder, '--json'])
  const watch = watchReaders(run.child.pid ?? 0)
  const limit = setTimeout(() => run.kill(), hangMinutes * 60_000)
  const { code, stdout, seconds } = await run.done
  clearTimeout(limit)
  const readers = watch.end()
  const extracted = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => extractOutput.parse(JSON.parse(line)))
  evidence(`${extracted.length} answers in ${seconds.toFixed(0)} s, exit ${code}`)
  tellFormats(extracted, evidence)
  tellRefusals(extracted, evidence)
  const told = new Set(extracted.map(({ document }) => document.name))
  const silent = files.filter(({ file }) => !told.has(file))
  for (const { file } of silent) evidence(`no answer for ${file}`)
  const broken = extracted.filter(({ failure }) => failure !== undefined && faults.has(failure.code))
  for (const { document, failure } of broken) evidence(`${failure?.code}: ${document.name}`)
  // The exit says that some were refused, nothing else.
  const isEnded = code === (extracted.some(({ failure }) => failure !== undefined) ? 1 : 0)
  return isEnded && silent.length === 0 && broken.length === 0 && judgeReaders(readers, files.length, evidence)
}

function tellFormats(extracted: readonly Extracted[], evidence: Evidence): void {
  const read = extracted.filter(({ failure }) => failure === undefined)
  const formats = Map.groupBy(read, ({ document }) => document.format ?? 'none')
  const counts = [...formats].map(([format, list]) => `${format} ${list.length}`).sort()
  evidence(`${read.length} read: ${counts.join(', ')}`)
  const passages = read.reduce((sum, { segments }) => sum + segments.length, 0)
  const empty = read.filter(({ segments }) => segments.length === 0)
  evidence(`${passages} passages; ${empty.length} documents read without any text`)
}

function tellRefusals(extracted: readonly Extracted[], evidence: Evidence): void {
  const refused = extracted.filter(({ failure }) => failure !== undefined)
  const codes = Map.groupBy(refused, ({ failure }) => failure?.code ?? '')
  evidence(`${refused.length} refused`)
  for (const [code, list] of [...codes].sort()) {
    const names = list.slice(0, 4).map(({ document }) => document.name)
    evidence(`   ${code} ${list.length}: ${names.join(', ')}${list.length > 4 ? ', …' : ''}`)
  }
}

function judgeReaders(readers: readonly WatchedReader[], files: number, evidence: Evidence): boolean {
  const name = ({ file }: WatchedReader): string => basename(file)
  const largest = readers.toSorted((left, right) => right.peakMebibytes - left.peakMebibytes).slice(0, 5)
  const slowest = readers.toSorted((left, right) => right.milliseconds - left.milliseconds).slice(0, 5)
  evidence(`${readers.length} readers watched`)
  evidence(`largest: ${largest.map((each) => `${each.peakMebibytes.toFixed(0)} MiB ${name(each)}`).join(', ')}`)
  evidence(`slowest: ${slowest.map((each) => `${(each.milliseconds / 1000).toFixed(1)} s ${name(each)}`).join(', ')}`)
  // A reader that is done before it was looked at held next to nothing; many such would mean a watch that saw nothing.
  const isSeen = readers.length >= files * 0.9
  return isSeen && readers.every(({ peakMebibytes }) => peakMebibytes <= mostMebibytes)
}

/** From the start of either program to its last word, in turn, on the corpus' PDFs with the most text. */
async function comparePdfs({ folder, files }: Gathered, evidence: Evidence): Promise<void> {
  const tool = ensureDebianPackage('poppler-utils', ['pdftotext'])
  if (tool.path === undefined) return evidence(`no ratio to pdftotext: ${tool.reason}`)
  const path = tool.path
  const poppler = (file: string): string =>
    spawnSync(path, [join(folder, file), '-'], { encoding: 'utf8', maxBuffer: 2 ** 30 }).stdout
  const pdfs = files
    .filter(({ format }) => format === 'pdf')
    .map(({ file }) => ({ file, length: poppler(file).length }))
    .toSorted((left, right) => right.length - left.length)
    .slice(0, longestPdfs)
  for (const { file, length } of pdfs) {
    const seen = await interleaved(speedRounds, {
      own: () => timed(() => readToEnd(readDocument(nodeSpawn, join(folder, file), new AbortController().signal))),
      poppler: () => timed(async () => poppler(file)),
    })
    const own = median(seen.map((round) => round.own))
    const other = median(seen.map((round) => round.poppler))
    const words = `reader ${own.toFixed(0)} ms, pdftotext ${other.toFixed(0)} ms`
    evidence(`PDF ${file}, ${length} characters: ${words}, ratio ${(other / own).toFixed(2)}`)
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
