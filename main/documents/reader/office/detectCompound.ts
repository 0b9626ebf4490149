// Tells what an OLE compound file holds: a document under a password, or one of the formats before 2007.
import { fail, type Result } from '#contract/result.ts'
import type { DocumentSource, ReadContext } from '../formatReader.ts'

/** The first bytes of every compound file. */
export const COMPOUND_SIGNATURE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'

const ENTRY_BYTES = 128
const MOST_SECTORS = 64
/** Sector numbers from here on mean the end of a chain or nothing. */
const LAST_SECTOR = 0xfffffff0

/** Names of streams and what they give away, in the order they are asked for. */
const STREAMS: readonly (readonly [string, string, string])[] = [
  ['WordDocument', 'doc', 'docx'],
  ['PowerPoint Document', 'ppt', 'pptx'],
  ['Workbook', 'xls', 'xlsx'],
  ['Book', 'xls', 'xlsx'],
]

/** Always a failure: `document-encrypted`, `document-legacy`, `format-unsupported`, or the source's. */
export async function refuseCompound(source: DocumentSource, { name }: ReadContext): Promise<Result<never>> {
  const names = new Set(await streamNames(source))
  if (source.failure !== null) return { ok: false, failure: source.failure }
  if (names.has('EncryptedPackage')) return fail('document-encrypted', { name })
  for (const [stream, detected, modern] of STREAMS) {
    if (names.has(stream)) return fail('document-legacy', { name, detected, modern })
  }
  return fail('format-unsupported', { name, detected: names.has('__properties_version1.0') ? 'msg' : 'cfb' })
}

/** Names in the directory, following its chain of sectors as far as the header's own list of tables leads. */
async function streamNames(source: DocumentSource): Promise<readonly string[]> {
  const header = await view(source, 0, 512)
  const sectorBytes = 1 << Math.min(16, header.getUint16(30, true))
  const found: string[] = []
  let sector = header.getUint32(48, true)
  for (let count = 0; count < MOST_SECTORS && sector < LAST_SECTOR; count += 1) {
    const at = (sector + 1) * sectorBytes
    if (sectorBytes < ENTRY_BYTES || at + sectorBytes > source.size) break
    found.push(...entryNames(await view(source, at, sectorBytes)))
    sector = await nextSector(source, header, sector, sectorBytes)
  }
  return found
}

function entryNames(directory: DataView): readonly string[] {
  const names: string[] = []
  for (let at = 0; at + ENTRY_BYTES <= directory.byteLength; at += ENTRY_BYTES) {
    const length = Math.min(64, directory.getUint16(at + 64, true))
    const raw = new Uint8Array(directory.buffer, directory.byteOffset + at, Math.max(0, length - 2))
    names.push(new TextDecoder('utf-16le').decode(raw))
  }
  return names
}

async function nextSector(
  source: DocumentSource,
  header: DataView,
  sector: number,
  sectorBytes: number,
): Promise<number> {
  const perTable = sectorBytes / 4
  const table = Math.floor(sector / perTable)
  if (table >= 109) return LAST_SECTOR
  const at = (header.getUint32(76 + 4 * table, true) + 1) * sectorBytes + 4 * (sector % perTable)
  return at + 4 > source.size ? LAST_SECTOR : (await view(source, at, 4)).getUint32(0, true)
}

/** Bytes of the source; what lies beyond its end reads as zeros. */
async function view(source: DocumentSource, offset: number, length: number): Promise<DataView> {
  const bytes = new Uint8Array(length)
  const room = Math.max(0, Math.min(length, source.size - offset))
  if (room > 0) bytes.set(await source.read(offset, room))
  return new DataView(bytes.buffer)
}
