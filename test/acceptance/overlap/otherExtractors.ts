// The text of a document by programs that share nothing with Sotto: pandoc, LibreOffice, poppler and Python's modules.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { DocumentFormat } from '../../../preload/contract/document.ts'
import { ensureDebianPackage } from '../../../scripts/systemPackages.mjs'

const execute = promisify(execFile)

/** Which program reads a format, by name, and the text it makes of a file. */
export type OtherExtractor = { readonly name: string; text(file: string): Promise<string> }

type Programs = Readonly<Record<'pandoc' | 'soffice' | 'pdftotext' | 'python3', string>>

const maxBuffer = 2 ** 28
const script = join(import.meta.dirname, 'extract.py')
/** Text without a mark says nothing of its encoding, so the other side is told. */
const encodings: Readonly<Record<string, string>> = { 'gb18030.txt': 'gb18030', 'shift-jis.txt': 'shift_jis' }

/** The extractor of every format, installing what is missing where that is allowed; else the line that installs it. */
export function otherExtractors(): Readonly<Record<DocumentFormat, OtherExtractor>> | { readonly skipped: string } {
  const wanted = {
    pandoc: ensureDebianPackage('pandoc', ['pandoc']),
    soffice: ensureDebianPackage('libreoffice-calc-nogui libreoffice-impress-nogui', ['soffice']),
    pdftotext: ensureDebianPackage('poppler-utils', ['pdftotext']),
    python3: ensureDebianPackage('python3', ['python3']),
  }
  const missing = Object.values(wanted).flatMap(({ reason }) => reason ?? [])
  if (missing.length > 0) return { skipped: missing.join('; ') }
  return extractorsWith({
    pandoc: wanted.pandoc.path ?? '',
    soffice: wanted.soffice.path ?? '',
    pdftotext: wanted.pdftotext.path ?? '',
    python3: wanted.python3.path ?? '',
  })
}

function extractorsWith(programs: Programs): Readonly<Record<DocumentFormat, OtherExtractor>> {
  const pandoc = (from: string): OtherExtractor => ({
    name: 'pandoc',
    text: (file) => printed(programs.pandoc, ['-f', from, '-t', 'plain', '--wrap=none', file]),
  })
  const sheets = { name: 'LibreOffice', text: (file: string) => sheetText(programs.soffice, file) }
  const slides = { name: 'LibreOffice', text: (file: string) => slideText(programs.soffice, file) }
  const python = (kind: string): OtherExtractor => ({
    name: 'Python',
    text: (file) => printed(programs.python3, [script, kind, file, encodings[basename(file)] ?? 'utf-8-sig']),
  })
  return {
    ...{ docx: pandoc('docx'), odt: pandoc('odt'), rtf: pandoc('rtf'), epub: pandoc('epub') },
    html: pandoc('html-native_divs-native_spans'),
    ...{ xlsx: sheets, ods: sheets, pptx: slides, odp: slides },
    pdf: { name: 'poppler', text: (file) => printed(programs.pdftotext, [file, '-']) },
    ...{ eml: python('eml'), mbox: python('mbox'), csv: python('csv'), text: python('text'), markdown: python('text') },
  }
}

async function printed(program: string, words: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, words, { maxBuffer })
  return stdout
}

/** Every sheet as a table of what its cells show. */
async function sheetText(soffice: string, file: string): Promise<string> {
  return converted(soffice, file, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1')
}

/** The paragraphs of the slides and of their notes, out of LibreOffice's flat XML. */
async function slideText(soffice: string, file: string): Promise<string> {
  const xml = await converted(soffice, file, 'fodp:OpenDocument Presentation Flat XML')
  // A field for the number of the slide shows as a placeholder here.
  const body = (/<office:body>([\s\S]*)<\/office:body>/.exec(xml)?.[1] ?? '').replaceAll('&lt;number&gt;', '')
  const paragraphs = [...body.matchAll(/<text:p\b[^>]*?(?:\/>|>([\s\S]*?)<\/text:p>)/g)].map(([, text = '']) => text)
  return paragraphs.map((text) => plain(text.replaceAll(/<text:(?:s|tab|line-break)\b[^>]*>/g, ' '))).join('\n')
}

function plain(xml: string): string {
  const text = xml.replaceAll(/<[^>]*>/g, '')
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&apos;', "'").replaceAll('&amp;', '&')
}

/** All files that one conversion makes, one after another. A profile of its own keeps a running LibreOffice out of it. */
async function converted(soffice: string, file: string, format: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-overlap-')) // removed in `finally`
  try {
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    await execute(soffice, [profile, '--headless', '--convert-to', format, '--outdir', join(folder, 'out'), file])
    const made = readdirSync(join(folder, 'out')).sort()
    return made.map((name) => readFileSync(join(folder, 'out', name), 'utf8')).join('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
