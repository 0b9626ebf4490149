// Chooses a text file's encoding from what its bytes showed, and decodes it piece by piece.
import chardet from 'chardet'
import iconv from 'iconv-lite'
import type { Census } from '../logic/byteCensus.ts'
import type { Sniffed } from '../logic/textSniff.ts'
import type { DocumentSource } from './formatReader.ts'

/** Decodes pushed bytes; `finish` gives what was held back. Unreadable bytes become U+FFFD, and so does U+0000. */
export type StreamDecoder = { push(bytes: Uint8Array): string; finish(): string }

const SAMPLE_BYTES = 65_536
/** Of so many well-formed characters one may be broken before a file no longer counts as UTF-8. */
const BROKEN_PER_SOUND = 4
/** Below this chardet is guessing; Windows-1252 is then the likeliest. */
const LEAST_CONFIDENCE = 25

/** The encoding by WHATWG or iconv name. */
export async function chooseEncoding(sniffed: Sniffed, census: Census, source: DocumentSource): Promise<string> {
  if (sniffed.kind === 'utf-16' || sniffed.kind === 'utf-32') return sniffed.encoding
  if (sniffed.kind === 'utf-8' && sniffed.mark > 0) return 'utf-8'
  if (census.multibyte === 0 && census.brokenUtf8 === 0 && (await isShifted(source))) return 'iso-2022-jp'
  if (census.brokenUtf8 === 0 || census.brokenUtf8 * BROKEN_PER_SOUND <= census.multibyte) return 'utf-8'
  const from = Math.max(0, (census.firstHighByte ?? 0) - 1024)
  const sample = await source.read(from, Math.min(SAMPLE_BYTES, source.size - from))
  return legacyEncoding(sample)
}

/** Japanese in seven bits: escapes lead into its characters and back out of them. */
async function isShifted(source: DocumentSource): Promise<boolean> {
  const sample = await source.read(0, Math.min(SAMPLE_BYTES, source.size))
  const text = Buffer.from(sample.buffer, sample.byteOffset, sample.byteLength).toString('latin1')
  return /\x1b\$[@B][\x21-\x7e]{2}/.test(text) && /\x1b\([BJ]/.test(text)
}

/** The likeliest encoding of bytes that are not UTF-8. */
export function legacyEncoding(sample: Uint8Array): string {
  const best = chardet
    .analyse(sample)
    .find((match) => !/^(?:UTF|ASCII|ISO-2022)/i.test(match.name) && iconv.encodingExists(match.name))
  if (best === undefined || best.confidence < LEAST_CONFIDENCE || best.name === 'ISO-8859-1') return 'windows-1252'
  return best.name.toLowerCase()
}

/** A decoder for an encoding from `chooseEncoding`; byte order marks are dropped. */
export function createDecoder(encoding: string): StreamDecoder {
  if (/^(?:utf-8|utf-16|iso-2022-jp)/.test(encoding)) {
    const decoder = new TextDecoder(encoding)
    return {
      push: (bytes) => printable(decoder.decode(bytes, { stream: true })),
      finish: () => printable(decoder.decode()),
    }
  }
  const decoder = iconv.getDecoder(encoding)
  return {
    push: (bytes) => printable(decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))),
    finish: () => printable(decoder.end() ?? ''),
  }
}

function printable(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}
