// PDFs to read: one as browsers print them, one as libraries write them, and a folder of one's own.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { ensureChromium } from '../../../scripts/systemPackages.mjs'
import { prose } from '../../fakes/prose.ts'
import { makePdf } from '../../fixtures/documents/makePdf.ts'
import { benchFolder } from '../model/benchModel.ts'
import { browserFlags } from './chromium.ts'

const chapters = 120

/** A file and what to call it in the figures. */
export type PdfSample = { readonly name: string; readonly path: string }

/** The samples, written when they are first asked for; those of `SOTTO_BENCH_PDFS` are called by number. */
export async function pdfSamples(): Promise<readonly PdfSample[]> {
  mkdirSync(benchFolder, { recursive: true })
  const written = join(benchFolder, 'written.pdf')
  if (!existsSync(written)) writeFileSync(written, await makePdf(pagesOfLines(200)))
  const printed = join(benchFolder, 'printed.pdf')
  if (!existsSync(printed)) await print(printed)
  const folder = process.env['SOTTO_BENCH_PDFS']
  const own = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.pdf'))
  return [
    ...(existsSync(printed) ? [{ name: 'printed', path: printed }] : []),
    { name: 'written', path: written },
    ...own.map((name, index) => ({ name: `own ${index + 1}`, path: join(folder ?? '', name) })),
  ]
}

/** The first sample. */
export async function samplePdf(): Promise<string> {
  const [first] = await pdfSamples()
  if (first === undefined) throw new Error('no sample')
  return first.path
}

/** A document of one page, for what a reading takes before its pages. */
export async function onePagePdf(): Promise<string> {
  const path = join(benchFolder, 'one-page.pdf')
  if (!existsSync(path)) writeFileSync(path, await makePdf(pagesOfLines(1)))
  return path
}

function pagesOfLines(pages: number): readonly (readonly string[])[] {
  return Array.from({ length: pages }, (_, page) => prose(45, page + 1).split(/(?<=\.) /))
}

/** A book of chapters, printed; without a Chromium there is none. */
async function print(path: string): Promise<void> {
  const found = ensureChromium()
  if (found.path === undefined) return
  const chapter = (_: unknown, index: number): string =>
    `<h1>Chapter ${index + 1}</h1>` +
    Array.from(
      { length: 9 },
      (_, part) => `<p>${prose(12, index * 10 + part + 1)} <em>${prose(1, part + 7)}</em></p>`,
    ).join('')
  const browser = await chromium.launch({ executablePath: found.path, args: browserFlags })
  try {
    const page = await browser.newPage()
    const style = '<style>h1 { break-before: page } p { text-align: justify; line-height: 1.4 }</style>'
    await page.setContent(style + Array.from({ length: chapters }, chapter).join(''))
    await page.pdf({ path, format: 'A4' })
  } finally {
    await browser.close()
  }
}
