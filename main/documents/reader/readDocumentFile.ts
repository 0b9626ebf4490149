// Reads the one document of this process from opening to the last segment, as the messages the parent gets.
import { createHash } from 'node:crypto'
import type { DocumentFormat } from '#contract/document.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { ByteCensus, type Census } from '../logic/byteCensus.ts'
import { textFormatOf } from '../logic/textFormat.ts'
import type { ReaderFailure, ReaderLimits, ReaderMessage, ReadSource } from '../protocol.ts'
import { detectFormat, type Detected } from './detectFormat.ts'
import type { DocumentSource, FormatReader } from './formatReader.ts'
import { formats } from './formats.ts'
import { openDocumentFile, type DocumentFile } from './openDocumentFile.ts'
import { openUploadedDocument, type FetchRange } from './openUploadedDocument.ts'
import { chooseEncoding, createDecoder } from './textDecoding.ts'

const SLICE_BYTES = 1_048_576
const OPENING_BYTES = 65_536

type Chosen = { readonly format: DocumentFormat; readonly read: FormatReader }

/**
 * Opens, detects, hashes and reads a document; the last message is `finished` or `failed`. Ending it early stops the
 * work. `fetchRange` is asked for the bytes of a source that is not a file here, `password` is for documents that need
 * one.
 */
export async function* readDocumentFile(
  from: ReadSource,
  limits: ReaderLimits,
  fetchRange: FetchRange,
  password?: string,
): AsyncGenerator<ReaderMessage, void, void> {
  const opened =
    from.kind === 'path'
      ? await openDocumentFile(from.path, limits.fileBytes)
      : openUploadedDocument(from, limits.fileBytes, fetchRange)
  if (!opened.ok) return yield failed(opened)
  const file = opened.value // closed in `finally`
  try {
    yield* readOpenFile(file, limits, password)
  } finally {
    await file.close()
  }
}

async function* readOpenFile(
  file: DocumentFile,
  limits: ReaderLimits,
  password: string | undefined,
): AsyncGenerator<ReaderMessage, void, void> {
  const { name, source } = file
  const detected = await detectFormat(source, { name, limits })
  if (!detected.ok) return yield failed(detected)
  const { unit } = formats[detected.value.format ?? 'text']
  yield { type: 'progress', unit, read: 0, total: 0, withoutText: [] }
  const { sha256, census } = yield* hashFile(source, detected.value)
  if (source.failure !== null) return yield { type: 'failed', failure: source.failure }
  const chosen = await chooseReader(detected.value, census, source, name)
  if (!chosen.ok) return yield failed(chosen)
  yield { type: 'opened', name, sha256, format: chosen.value.format, bytes: source.size }
  const end = yield* chosen.value.read(source, { name, limits, password })
  // What broke a parser may be that the file changed under it, so that is looked at first.
  const unchanged = await file.checkUnchanged()
  if (!unchanged.ok) return yield failed(unchanged)
  yield end.ok ? { type: 'finished', ...end.value } : failed(end)
}

/** One pass over all bytes: SHA-256 and, for text, the census its encoding is chosen by. */
async function* hashFile(
  source: DocumentSource,
  detected: Detected,
): AsyncGenerator<ReaderMessage, { readonly sha256: string; readonly census: Census }, void> {
  const hash = createHash('sha256')
  const census = new ByteCensus(
    detected.kind === 'text' && detected.sniffed.kind === 'utf-16' ? detected.sniffed.encoding : 'bytes',
  )
  for (let offset = 0; offset < source.size && source.failure === null; offset += SLICE_BYTES) {
    const slice = await source.read(offset, Math.min(SLICE_BYTES, source.size - offset))
    hash.update(slice)
    if (detected.kind === 'text') census.push(slice)
    yield { type: 'alive' }
  }
  return { sha256: hash.digest('hex'), census: census.finish() }
}

/** Failure: `format-unsupported` for bytes whose format is read as text only. */
async function chooseReader(
  detected: Detected,
  census: Census,
  source: DocumentSource,
  name: string,
): Promise<Result<Chosen>> {
  const facts = detected.kind === 'text' ? await textFacts(detected, census, source) : null
  const format = detected.format ?? textFormatOf(facts?.opening ?? '', name)
  const entry = formats[format]
  if ('reader' in entry) return ok({ format, read: await entry.reader() })
  if (facts === null) return fail('format-unsupported', { name, detected: format })
  return ok({ format, read: (await entry.textReader())(facts) })
}

async function textFacts(
  { sniffed }: Extract<Detected, { kind: 'text' }>,
  census: Census,
  source: DocumentSource,
): Promise<{ readonly encoding: string; readonly lines: number; readonly opening: string }> {
  const encoding = await chooseEncoding(sniffed, census, source)
  const opening = createDecoder(encoding).push(await source.read(0, Math.min(OPENING_BYTES, source.size)))
  return { encoding, lines: census.lineBreaks + (census.endsInBreak ? 0 : 1), opening }
}

function failed(result: Extract<Result<unknown>, { ok: false }>): ReaderMessage {
  return { type: 'failed', failure: result.failure as ReaderFailure } // as: everything in this folder fails with codes of the protocol only
}
