// Gathers real documents of every format that Sotto reads from Debian's archive, into .sotto/corpus; nothing of it is committed.
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { DocumentFormat } from '../preload/contract/document.ts'
import { seededRandom } from '../test/acceptance/seededRandom.ts'
import { DebianArchives, extractMembers, membersOf, type DebianArchive, type DebianPackage } from './debianArchives.ts'

/**
 * Why these: the archive named `main` holds only what Debian's free software guidelines allow to be read, copied and
 * changed, test data included, and these packages carry documents that many programs of many years wrote: those of bug
 * reports (LibreOffice, Apache POI, pypdf2, qpdf, pdf.js), of test suites of converters and mail programs, and manuals.
 */
const packages: readonly DebianPackage[] = [
  { name: 'libreoffice', kind: 'source', archives: /\.orig\.tar\.xz$/ },
  ...source('libapache-poi-java', 'pandoc', 'python-odf', 'python-docx', 'openpyxl', 'gnumeric', 'abiword', 'unrtf'),
  ...source('libopenoffice-oodoc-perl', 'ruby-roo', 'r-cran-readxl', 'r-cran-openxlsx', 'xlsx2csv', 'writer2latex'),
  ...source('epubcheck', 'python-ebooklib', 'sigil', 'calibre', 'recoll', 'diffoscope'),
  ...source('pypdf2', 'qpdf', 'pdfminer', 'pymupdf', 'pdf.js', 'ocrmypdf', 'pikepdf'),
  ...source('python3.11', 'ruby-mail', 'rspamd', 'spamassassin', 'notmuch', 'libemail-mime-perl', 'mhonarc'),
  ...source('grepmail', 'libmail-mbox-messageparser-perl', 'libmail-box-perl', 'mairix', 'libemail-folder-perl'),
  ...source('pandas', 'csvkit', 'html2text', 'python-markdown', 'ruby-kramdown', 'commonmark'),
  ...binary('debian-policy', 'r-doc-pdf', 'bash-doc', 'debian-faq', 'developers-reference', 'debian-reference-it'),
  ...binary('installation-guide-amd64', 'maint-guide', 'libtasn1-doc'),
]

/** A gathered file and where it is from; `format` is what its name says, not what reading it will. */
export type GatheredDocument = {
  readonly file: string
  readonly format: DocumentFormat
  readonly bytes: number
  readonly sha256: string
  readonly package: string
  readonly archive: string
  readonly member: string
}

/** The gathered files' folder and list; `count` is how many were asked for, and a few less may have been had. */
export type Gathered = {
  readonly folder: string
  readonly seed: number
  readonly count: number
  readonly files: readonly GatheredDocument[]
}

type Candidate = { readonly archive: DebianArchive; readonly member: string; readonly format: DocumentFormat }

const root = join(import.meta.dirname, '..', '.sotto', 'corpus')
const folder = join(root, 'documents')
const listPath = join(root, 'documents.json')
const largestBytes = 30_000_000

const endings: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/\.(pdf|docx|pptx|xlsx|odt|ods|odp|rtf|epub|csv|eml|mbox)$/i, 'text'],
  [/test_email\/data\/msg_\d+\.txt$|spamassassin.*\/sample-(?:non)?spam\.txt$|data\/spam\/\d+$/, 'eml'],
  [/mailboxes\/[^/]*mail[^/]*\.txt$|folders\/(?:unix\.)?mbox\.src$|mhonarc.*\.mbox|mairix.*\/mboxes?\//i, 'mbox'],
  [/\.x?html?$/i, 'html'],
  [/\.(?:md|markdown)$/i, 'markdown'],
  [/\.(?:txt|text|rst|org|tex)$/i, 'text'],
]

/**
 * Chooses about `count` files by seed, as evenly among formats and packages as they come, and copies them into
 * `.sotto/corpus/documents`; the list, with every file's SHA-256 and origin, stands beside it in `documents.json`.
 * Without a way to Debian's archive an earlier gathering of as many is used; else `skipped` says why.
 */
export async function gatherDocuments(
  count: number,
  seed: number,
  say: (line: string) => void,
): Promise<Gathered | { readonly skipped: string }> {
  const earlier = gatheredEarlier()
  if (earlier?.seed === seed && earlier.count === count) return earlier
  const archives = await DebianArchives.open(join(root, 'debian'))
  if ('skipped' in archives) return earlier?.count === count ? earlier : archives
  const candidates: Candidate[] = []
  for (const each of packages) {
    const fetched = await archives.fetch(each)
    if (fetched.length === 0) say(`${each.name} is not in Debian’s archive; going on without`)
    for (const archive of fetched) candidates.push(...(await candidatesOf(archive)))
  }
  const gathered = { folder, seed, count, files: await take(choose(candidates, count, seededRandom(seed))) }
  writeFileSync(listPath, `${JSON.stringify(gathered, null, 2)}\n`)
  return gathered
}

/** The last gathering whose files are all still what they were; null when there is none. */
function gatheredEarlier(): Gathered | null {
  try {
    const list = JSON.parse(readFileSync(listPath, 'utf8')) as Gathered // as: this file wrote it, and the hashes are checked
    return list.files.every(({ file, sha256 }) => hashOf(join(folder, file)) === sha256) ? { ...list, folder } : null
  } catch {
    return null
  }
}

async function candidatesOf(archive: DebianArchive): Promise<readonly Candidate[]> {
  const members = await membersOf(archive)
  return members.flatMap((member) => {
    const format = formatOf(member)
    return format === null || /["\\\n]/.test(member) ? [] : [{ archive, member, format }]
  })
}

function formatOf(member: string): DocumentFormat | null {
  for (const [pattern, format] of endings) {
    const match = pattern.exec(member)
    if (match !== null) return pattern === endings[0]?.[0] ? (match[1]?.toLowerCase() as DocumentFormat) : format // as: the pattern lists formats only
  }
  return null
}

/** Format by format in turn, and within a format archive by archive, so that no large one drowns the others. */
function choose(candidates: readonly Candidate[], count: number, random: () => number): readonly Candidate[] {
  const byFormat = [...Map.groupBy(candidates, ({ format }) => format).values()]
  const queues = byFormat.map((each) =>
    inTurn([...Map.groupBy(each, ({ archive }) => archive.path).values()].map((files) => shuffled(files, random))),
  )
  return inTurn(queues).slice(0, count)
}

function inTurn<T>(queues: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...queues.map((queue) => queue.length))
  return Array.from({ length: longest }, (_, index) => queues.flatMap((queue) => queue.slice(index, index + 1))).flat()
}

function shuffled<T>(values: readonly T[], random: () => number): readonly T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .sort((left, right) => left.order - right.order)
    .map(({ value }) => value)
}

/** Copies the chosen out of their archives; what is too large, or there twice under two names, is left out. */
async function take(chosen: readonly Candidate[]): Promise<readonly GatheredDocument[]> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const files: GatheredDocument[] = []
  const known = new Set<string>()
  for (const [, group] of Map.groupBy(chosen, ({ archive }) => archive.path)) {
    const [first] = group
    if (first === undefined) continue
    const unpacked = mkdtempSync(join(root, 'unpacked-')) // removed below
    await extractMembers(first.archive, group.map(({ member }) => member), unpacked) // prettier-ignore
    for (const candidate of group) {
      const document = copy(candidate, unpacked, known)
      if (document !== null) files.push(document)
    }
    rmSync(unpacked, { recursive: true, force: true })
  }
  return files.sort((left, right) => (left.file < right.file ? -1 : 1))
}

function copy({ archive, member, format }: Candidate, unpacked: string, known: Set<string>): GatheredDocument | null {
  const path = join(unpacked, member)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile() !== true || stats.size === 0 || stats.size > largestBytes) return null
  const sha256 = hashOf(path)
  if (known.has(sha256)) return null
  known.add(sha256)
  const file = `${format}-${sha256.slice(0, 8)}-${basename(member)
    .replaceAll(/[^\w.-]/g, '_')
    .slice(-80)}`
  copyFileSync(path, join(folder, file))
  return { file, format, bytes: stats.size, sha256, package: archive.name, archive: basename(archive.path), member }
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

function source(...names: readonly string[]): readonly DebianPackage[] {
  return names.map((name) => ({ name, kind: 'source' }))
}

function binary(...names: readonly string[]): readonly DebianPackage[] {
  return names.map((name) => ({ name, kind: 'binary' }))
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } })
  const seed = Number(values.seed ?? process.env['SOTTO_SEED'] ?? 20_261_120)
  const gathered = await gatherDocuments(Number(values.count ?? 600), seed, console.log)
  if ('skipped' in gathered) console.log(gathered.skipped)
  else {
    const bytes = gathered.files.reduce((sum, file) => sum + file.bytes, 0)
    console.log(`${gathered.files.length} documents, ${Math.round(bytes / 2 ** 20)} MiB, seed ${gathered.seed}`)
    for (const [format, { length }] of Map.groupBy(gathered.files, (file) => file.format))
      console.log(`${format} ${length}`)
  }
  return 'skipped' in gathered ? 1 : 0
}

if (import.meta.main) process.exitCode = await main()
