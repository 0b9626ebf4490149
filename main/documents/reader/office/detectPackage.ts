// Tells which kind of package a zip is, by what it says it is and what stands in it.
import type { DocumentFormat } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { XmlValues } from '../../logic/office/xmlValues.ts'
import { openArchive, type Archive } from '../archive/openArchive.ts'
import { refused } from '../archive/refusal.ts'
import type { DocumentSource, ReadContext } from '../formatReader.ts'
import { Package } from './package.ts'

/** Templates and flat variants are read like what they are made for. */
const MEDIA_TYPES: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/^application\/vnd\.oasis\.opendocument\.text/, 'odt'],
  [/^application\/vnd\.oasis\.opendocument\.spreadsheet/, 'ods'],
  [/^application\/vnd\.oasis\.opendocument\.presentation/, 'odp'],
  [/^application\/epub\+zip/, 'epub'],
]
const OPEN_XML_TYPES: readonly (readonly [RegExp, DocumentFormat])[] = [
  [/ms-word|wordprocessingml/, 'docx'],
  [/ms-powerpoint|presentationml/, 'pptx'],
  [/spreadsheetml|ms-excel\.(?:sheet|template)\.macroEnabled/, 'xlsx'],
]
const LONGEST_MEDIA_TYPE = 100

/** The format of a zip. Failures: the archive's, `format-unsupported` for any other zip. */
export async function detectPackage(source: DocumentSource, context: ReadContext): Promise<Result<DocumentFormat>> {
  const { name } = context
  let archive: Archive | null = null
  try {
    archive = await openArchive(source, name) // closed in `finally`
    const format = (await byMediaType(archive)) ?? (await byMainPart(new Package(archive, context)))
    if (format !== null) return ok(format)
    if (archive.has('META-INF/container.xml')) return ok('epub')
    return fail('format-unsupported', { name, detected: archive.has('xl/workbook.bin') ? 'xlsb' : 'zip' })
  } catch (error) {
    return refused(error, name)
  } finally {
    archive?.close()
  }
}

async function byMediaType(archive: Archive): Promise<DocumentFormat | null> {
  if (!archive.has('mimetype') || archive.sizeOf('mimetype') > LONGEST_MEDIA_TYPE) return null
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of archive.stream('mimetype')) text += decoder.decode(bytes, { stream: true })
  return MEDIA_TYPES.find(([pattern]) => pattern.test(text.trim()))?.[1] ?? null
}

async function byMainPart(document: Package): Promise<DocumentFormat | null> {
  if (!document.archive.has('[Content_Types].xml')) return null
  const main = (await document.relationships('')).find(({ type }) => type === 'officeDocument')?.part
  if (main === undefined) return null
  const types = await document.take('[Content_Types].xml', new XmlValues('ct:Override', 'ct:Default'))
  const own = types.all('ct:Override').find(({ PartName }) => PartName?.toLowerCase() === `/${main.toLowerCase()}`)
  const byExtension = types.all('ct:Default').find(({ Extension }) => main.endsWith(`.${Extension ?? ''}`))
  const type = own?.ContentType ?? byExtension?.ContentType ?? ''
  return OPEN_XML_TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? null
}
