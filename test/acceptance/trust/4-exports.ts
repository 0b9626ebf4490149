// Row: exports of every kind open in LibreOffice, keep text and places through our own reader, and load nothing.
import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { exportFile, type ExportFile } from '#contract/exportFile.ts'
import type { ExportFormat } from '#contract/export.ts'
import { tokensOf } from '../../../main/comparisons/logic/tokens.ts'
import { extractOutput } from '../../../main/hosts/cli/output.ts'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'
import { exported, subjects } from '../../unit/exports/exported.ts'
import type { Evidence, Row } from '../row.ts'
import { checkout, sotto } from '../runSotto.ts'

type Name = keyof typeof subjects

const execute = promisify(execFile)
const folder = join(checkout, '.sotto/prove/exports')
const formats: readonly ExportFormat[] = ['docx', 'pdf', 'html', 'markdown', 'json']
const names = Object.keys(subjects) as Name[] // as: Object.keys forgets literal keys
/** Word documents keep every sentence; a page break may part one in a PDF. */
const leastKept = { docx: 1, pdf: 0.95 } as const

export const row: Row = {
  name: 'exports',
  doneWhen:
    'Exports of summaries (English, German, other scripts, 300 claims, hostile text), an answer, a comparison and a batch: ' +
    'Word and web files open in LibreOffice, JSON validates, HTML refers to nothing remote, and what our own reader reads ' +
    'of the Word and PDF files has the sentences and their places.',
  async run(evidence) {
    const office = ensureDebianPackage('libreoffice-writer', ['soffice'])
    const poppler = ensureDebianPackage('poppler-utils', ['pdftoppm'])
    for (const { reason } of [office, poppler]) if (reason !== undefined) evidence(reason)
    rmSync(folder, { recursive: true, force: true })
    for (const part of ['files', 'office', 'pages']) mkdirSync(join(folder, part), { recursive: true })
    const contents = await makeAll(evidence)
    const read = await readBack(contents, evidence)
    const remote = await loadsNothing(evidence)
    if (office.path === undefined || poppler.path === undefined) return 'red'
    const opened = await openInOffice(office.path, poppler.path, evidence)
    return read && remote && opened ? 'green' : 'red'
  },
}

/** Writes every file and answers what each says, from its JSON. */
async function makeAll(evidence: Evidence): Promise<ReadonlyMap<Name, ExportFile>> {
  const contents = new Map<Name, ExportFile>()
  let files = 0
  for (const name of names) {
    for (const format of formats) {
      const { bytes, finished } = await exported(subjects[name], format, name === 'german' ? 'de' : 'en')
      const ending = finished.fileName.split('.').at(-1) ?? ''
      writeFileSync(join(folder, 'files', `${name}.${ending}`), bytes)
      if (format === 'json') contents.set(name, exportFile.parse(JSON.parse(bytes.toString('utf8'))))
      files += 1
    }
  }
  evidence(`${files} files of ${names.length} results; ${contents.size} JSON files valid by the schema`)
  return contents
}

/** What `sotto extract` reads of the Word and PDF files, against what was written. */
async function readBack(contents: ReadonlyMap<Name, ExportFile>, evidence: Evidence): Promise<boolean> {
  const { stdout } = await sotto(['extract', join(folder, 'files'), '--json'])
  const texts = new Map<string, string>()
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const { document, segments } = extractOutput.parse(JSON.parse(line))
    texts.set(document.name, wordsIn(segments.map(({ text }) => text).join(' ')))
  }
  let isWhole = true
  for (const [name, content] of contents) {
    for (const ending of ['docx', 'pdf'] as const) {
      // The PDF of these two tells letters its fonts lack by their codes; that is another text on purpose.
      if (ending === 'pdf' && (name === 'hostile' || name === 'scripts')) continue
      const text = texts.get(`${name}.${ending}`) ?? ''
      const wanted = [...statementsOf(content), ...placesOf(content)]
      const kept = wanted.filter((each) => text.includes(wordsIn(each))).length
      const share = wanted.length === 0 ? 0 : kept / wanted.length
      evidence(`${name}.${ending} read by our own reader: ${kept} of ${wanted.length} sentences, passages and places`)
      if (share < leastKept[ending]) isWhole = false
    }
  }
  return isWhole
}

function statementsOf({ sections, citations, changes = [] }: ExportFile): string[] {
  const statements = sections.flatMap(({ blocks }) => blocks.flatMap(({ items }) => items.flat()))
  const sides = changes.flatMap(({ before, after }) => [before?.text, after?.text])
  const against = sections.flatMap(({ contradictions }) => contradictions.flatMap(({ a, b }) => [a, b]))
  const texts = [...statements, ...against].map(({ text }) => text)
  return [...texts, ...citations.map(({ passage }) => passage), ...sides].filter(
    (text): text is string => text !== undefined && wordsIn(text) !== '',
  )
}

/** The words of the chips, as they stand beside each passage. */
function placesOf({ citations, language }: ExportFile): string[] {
  return citations.flatMap(({ locators }) =>
    locators.map((locator) => (locator.kind === 'page' ? `${language === 'de' ? 'S.' : 'p.'} ${locator.page}` : '')),
  )
}

function wordsIn(text: string): string {
  return tokensOf(text.normalize('NFC'))
    .map(({ word }) => word)
    .join(' ')
}

async function loadsNothing(evidence: Evidence): Promise<boolean> {
  const strange: string[] = []
  for (const name of names) {
    const { bytes } = await exported(subjects[name], 'html')
    const tags = bytes.toString('utf8').match(/<[a-z!/][^>]*>/gi) ?? []
    // What stands in a quoted value is text; only where a link leads is looked at there.
    const bare = (tag: string) => tag.replace(/"[^"]*"/g, '""')
    const loads = /^<(?:script|img|iframe|link|object|embed|svg|base|form)\b|\s(?:src|on\w+|style)=/i
    strange.push(...tags.filter((tag) => loads.test(bare(tag)) || /href="(?!#)/i.test(tag)))
    if (/url\(|@import/i.test(bytes.toString('utf8').split('</style>')[0] ?? '')) strange.push('style')
  }
  evidence(`HTML: ${strange.length} tags that load or run anything`)
  return strange.length === 0
}

/** Word and web files through LibreOffice to PDF, and all PDFs to pictures to be looked at. */
async function openInOffice(office: string, poppler: string, evidence: Evidence): Promise<boolean> {
  const files = names.flatMap((name) => [`${name}.docx`, `${name}.html`]).map((file) => join(folder, 'files', file))
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
  for (const ending of ['docx', 'html']) {
    const some = files.filter((file) => file.endsWith(ending))
    const out = join(folder, 'office', ending)
    await execute(office, [profile, '--headless', '--convert-to', 'pdf', '--outdir', out, ...some], {
      timeout: 300_000,
    })
  }
  const opened = ['docx', 'html'].flatMap((ending) => readdirSync(join(folder, 'office', ending)))
  evidence(`LibreOffice made ${opened.length} PDF files of ${files.length}`)
  const pictures: readonly (readonly [string, string])[] = [
    ...names.map((name) => [`pdf-${name}`, join(folder, 'files', `${name}.pdf`)] as const),
    ...names.map((name) => [`word-${name}`, join(folder, 'office', 'docx', `${name}.pdf`)] as const),
  ]
  for (const [name, file] of pictures) {
    await execute(poppler, ['-r', '70', '-l', '3', '-png', file, join(folder, 'pages', name)])
  }
  evidence(`${readdirSync(join(folder, 'pages')).length} pages to look at in .sotto/prove/exports/pages`)
  rmSync(join(folder, 'profile'), { recursive: true, force: true })
  return opened.length === files.length
}
