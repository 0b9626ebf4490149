// Tells what a file is from its bytes, never from its name; the name only helps between formats that are all plain text.
import { fileTypeFromBuffer } from 'file-type'
import type { DocumentFormat } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { isTableName } from '../logic/csv/csvDialect.ts'
import { mailFormatOf } from '../logic/mail/mailCues.ts'
import { sniffText, type Sniffed } from '../logic/textSniff.ts'
import type { DocumentSource, ReadContext } from './formatReader.ts'
import { COMPOUND_SIGNATURE, refuseCompound } from './office/detectCompound.ts'

/**
 * What a file turned out to be. A text's encoding needs the whole file, and which of the text formats it is needs its
 * decoded opening; `format` is set where the bytes have already told.
 */
export type Detected =
  | { readonly kind: 'bytes'; readonly format: DocumentFormat }
  | { readonly kind: 'text'; readonly sniffed: Sniffed; readonly format: DocumentFormat | null }

const SAMPLE_BYTES = 65_536
/** PDF readers accept junk before the header up to here. */
const PDF_HEADER_WITHIN = 1024

/** Failures: `format-unsupported` naming what the bytes are, `document-encrypted`, `document-legacy`, an archive's, `file-too-large` for text, or the source's. */
export async function detectFormat(source: DocumentSource, context: ReadContext): Promise<Result<Detected>> {
  const { name } = context
  const sample = await source.read(0, Math.min(SAMPLE_BYTES, source.size))
  if (source.failure !== null) return { ok: false, failure: source.failure }
  const opening = Buffer.from(sample.buffer, 0, sample.length).toString('latin1')
  if (/^(?:\xef\xbb\xbf)?\s*%PDF-/.test(opening)) return ok({ kind: 'bytes', format: 'pdf' })
  if (/^PK(?:\x03\x04|\x05\x06)/.test(opening)) return packageFile(source, context)
  if (opening.startsWith(COMPOUND_SIGNATURE)) return refuseCompound(source, context)
  if (/^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(opening)) return ok({ kind: 'bytes', format: 'rtf' })
  const mail = mailFormatOf(opening, name)
  if (mail !== null) return ok({ kind: 'bytes', format: mail })
  const sniffed = sniffText(sample, sample.length === source.size)
  const isBytewise = sniffed.kind === 'utf-8' || sniffed.kind === 'maybe-legacy'
  if (isBytewise && opening.startsWith('%!PS')) return fail('format-unsupported', { name, detected: 'ps' })
  if (sniffed.kind === 'utf-8' || sniffed.kind === 'utf-16' || sniffed.kind === 'utf-32')
    return textFile(source, sniffed, null, context)
  const known = await fileTypeFromBuffer(sample)
  if (known !== undefined && known.ext !== 'pdf' && known.ext !== 'xml')
    return fail('format-unsupported', { name, detected: known.ext })
  if (opening.slice(0, PDF_HEADER_WITHIN).includes('%PDF-')) return ok({ kind: 'bytes', format: 'pdf' })
  if (sniffed.kind === 'maybe-legacy') return textFile(source, sniffed, null, context)
  return fail('format-unsupported', { name, detected: 'binary' })
}

/** The zip library is loaded only for a zip. */
async function packageFile(source: DocumentSource, context: ReadContext): Promise<Result<Detected>> {
  const { detectPackage } = await import('./office/detectPackage.ts')
  const format = await detectPackage(source, context)
  return format.ok ? ok({ kind: 'bytes', format: format.value }) : format
}

function textFile(
  source: DocumentSource,
  sniffed: Sniffed,
  format: DocumentFormat | null,
  { name, limits }: ReadContext,
): Result<Detected> {
  // A table is read row by row and may be as large as any file.
  if (source.size <= limits.textBytes || isTableName(name)) return ok({ kind: 'text', sniffed, format })
  return fail('file-too-large', { name, bytes: source.size, limitBytes: limits.textBytes })
}
