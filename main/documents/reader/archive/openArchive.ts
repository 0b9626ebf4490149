// The one way into a zip: its list is judged before anything is unpacked, and everything unpacked is counted.
import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import type { DocumentSource } from '../formatReader.ts'
import { nameProblem, partName } from './partNames.ts'
import { corrupt, Refusal, unsafe } from './refusal.ts'
import { SourceRanges } from './sourceRanges.ts'

/** Most bytes unpacked from one document, all parts together but those with an allowance of their own (`beside`). */
export const MOST_BYTES = 200_000_000
/** Most parts an archive may list. */
export const MOST_ENTRIES = 10_000
/** A part that unpacks to more than so many times its size is no document, once it is over the floor. */
export const MOST_RATIO = 200
/** Below this no ratio is looked at; in bytes. */
export const RATIO_FLOOR_BYTES = 1_048_576

/** Of an entry in the list: what it begins with, and where its flags stand (PKWARE's APPNOTE 4.3.12, 4.4.4). */
const ENTRY_MARK = 0x02014b50
const FLAGS_AT = 8
const FLAGS_END = 10
const STRONG_ENCRYPTION = 0x40

/** An archive whose list was found sound. Parts are unpacked only when they are asked for, and nothing inside is ever opened as an archive itself. */
export type Archive = {
  /** Names of all parts. */
  readonly names: readonly string[]
  has(part: string): boolean
  /** A part's declared size in bytes, 0 where there is none. */
  sizeOf(part: string): number
  /** A part's bytes; throws `Refusal` when it is missing, damaged, encrypted or more than the limits allow. */
  stream(part: string): AsyncGenerator<Uint8Array, void, void>
  /** The same parts with an allowance of their own: what is unpacked through it does not count here. Closed with this one. */
  beside(mostBytes: number): Archive
  close(): void
}

/** Opens the archive and reads its list. Throws `Refusal`: `document-corrupt`, `document-encrypted`, `document-unsafe`, or the source's. */
export async function openArchive(source: DocumentSource, name: string): Promise<Archive> {
  const ranges = new SourceRanges(source)
  const file = await listFor(ranges, source.size, name) // closed by the caller of this function, or below
  try {
    return new CountedArchive(file, await entriesOf(file, name), name, MOST_BYTES)
  } catch (error) {
    file.close()
    if (error instanceof Refusal) throw error
    throw (await stoppedAtStrongEncryption(file, ranges)) ? encrypted(name) : corrupt(name)
  }
}

async function listFor(ranges: SourceRanges, size: number, name: string): Promise<ZipFile> {
  try {
    return await yauzl.fromRandomAccessReaderPromise(ranges, size, {
      autoClose: false,
      decodeStrings: false,
      // Sizes are counted here, where a difference has a code.
      validateEntrySizes: false,
    })
  } catch (error) {
    throw error instanceof Refusal ? error : corrupt(name)
  }
}

async function entriesOf(file: ZipFile, name: string): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > MOST_ENTRIES) throw unsafe(name, 'entries')
  const entries = new Map<string, Entry>()
  for await (const entry of file.eachEntry()) {
    if (entry.isEncrypted()) throw encrypted(name)
    const part = partName(entry.fileNameRaw)
    if (entries.has(part) || nameProblem(part) || isLink(entry)) throw unsafe(name, 'names')
    entries.set(part, entry)
  }
  return entries
}

/**
 * Whether the entry the library refused to go on from is marked as strongly encrypted. It tells so in a message only, and
 * stands then where it could not go on.
 */
async function stoppedAtStrongEncryption(file: ZipFile, ranges: SourceRanges): Promise<boolean> {
  const cursor: unknown = file.readEntryCursor
  if (typeof cursor !== 'number') return false
  const head = await ranges.take(cursor, FLAGS_END)
  if (head.length < FLAGS_END) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  return view.getUint32(0, true) === ENTRY_MARK && (view.getUint16(FLAGS_AT, true) & STRONG_ENCRYPTION) !== 0
}

function encrypted(name: string): Refusal {
  return new Refusal({ code: 'document-encrypted', details: { name } })
}

/** Unix mode bits say symbolic link. */
function isLink(entry: Entry): boolean {
  return entry.versionMadeBy >> 8 === 3 && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

class CountedArchive implements Archive {
  readonly #file: ZipFile
  readonly #entries: ReadonlyMap<string, Entry>
  readonly #name: string
  readonly #mostBytes: number
  #unpacked = 0

  constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>, name: string, mostBytes: number) {
    this.#file = file
    this.#entries = entries
    this.#name = name
    this.#mostBytes = mostBytes
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()]
  }

  has(part: string): boolean {
    return this.#entries.has(part)
  }

  sizeOf(part: string): number {
    return this.#entries.get(part)?.uncompressedSize ?? 0
  }

  close(): void {
    this.#file.close()
  }

  beside(mostBytes: number): Archive {
    return new CountedArchive(this.#file, this.#entries, this.#name, mostBytes)
  }

  async *stream(part: string): AsyncGenerator<Uint8Array, void, void> {
    const entry = this.#entries.get(part)
    if (entry === undefined) throw corrupt(this.#name)
    const packed = Math.max(1, entry.compressedSize)
    if (this.#unpacked + entry.uncompressedSize > this.#mostBytes) throw unsafe(this.#name, 'size')
    if (isTooTight(entry.uncompressedSize, packed)) throw unsafe(this.#name, 'ratio')
    let [bytes, sum] = [0, 0]
    try {
      const stream: AsyncIterable<Uint8Array> = await this.#file.openReadStreamPromise(entry)
      for await (const piece of stream) {
        bytes += piece.length
        this.#unpacked += piece.length
        if (isTooTight(bytes, packed)) throw unsafe(this.#name, 'ratio')
        if (this.#unpacked > this.#mostBytes) throw unsafe(this.#name, 'size')
        if (bytes > entry.uncompressedSize) throw unsafe(this.#name, 'sizes')
        sum = crc32(piece, sum)
        yield piece
      }
    } catch (error) {
      throw error instanceof Refusal ? error : corrupt(this.#name)
    }
    if (bytes !== entry.uncompressedSize) throw unsafe(this.#name, 'sizes')
    if (sum !== entry.crc32) throw corrupt(this.#name)
  }
}

function isTooTight(bytes: number, packed: number): boolean {
  return bytes > RATIO_FLOOR_BYTES && bytes / packed > MOST_RATIO
}
