// Reads the key-value part of a GGUF header: bounded, keeping scalars and the shape of arrays, never array contents but small number lists.
import type { HeaderCursor } from './headerCursor.ts'

/** A kept value. `numbers` holds a number array of at most 1024 entries (heads by layer); longer ones keep their count only. */
export type MetadataValue =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | {
      readonly kind: 'list'
      readonly elementType: number
      readonly count: number
      readonly numbers: readonly number[] | null
    }

/** Values by key. */
export type Metadata = ReadonlyMap<string, MetadataValue>

/** Number of the GGUF value type of strings, arrays and the numeric types we ask about. */
export const valueType = { unsigned32: 4, signed32: 5, float32: 6, text: 8, list: 9 } as const

const maxKeyBytes = 65_535
const maxTextKept = 4 * 1024 * 1024
const maxNumbersKept = 1024
const byteToken = /^<0x[0-9A-Fa-f]{2}>$/

/** Bytes of one element by value type; strings and arrays have no fixed size. */
const elementBytes: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
])

/** Reads `count` pairs. On a stop of the cursor what was read so far is worthless. */
export function readMetadata(cursor: HeaderCursor, count: number): Metadata {
  const metadata = new Map<string, MetadataValue>()
  for (let index = 0; index < count && cursor.stop === null; index++) {
    const key = cursor.text()
    if (cursor.stop !== null) break
    if (key === '' || key.length > maxKeyBytes) cursor.refuse('bad-key')
    if (metadata.has(key)) cursor.refuse('duplicate-key')
    metadata.set(key, readValue(cursor, cursor.unsigned32()))
  }
  return metadata
}

function readValue(cursor: HeaderCursor, type: number): MetadataValue {
  if (type === valueType.text) {
    const value = cursor.text()
    if (value.length > maxTextKept) cursor.refuse('text-too-long')
    return { kind: 'text', value }
  }
  if (type === valueType.list) return readList(cursor)
  if (type === 7) {
    const value = cursor.unsigned8()
    if (value > 1) cursor.refuse('bad-flag')
    return { kind: 'flag', value: value === 1 }
  }
  return { kind: 'number', value: readNumber(cursor, type) }
}

function readNumber(cursor: HeaderCursor, type: number): number {
  switch (type) {
    case 0:
    case 7:
      return cursor.unsigned8()
    case 1:
      return cursor.signed8()
    case 2:
      return cursor.unsigned16()
    case 3:
      return cursor.signed16()
    case 4:
      return cursor.unsigned32()
    case 5:
      return cursor.signed32()
    case 6:
      return cursor.float32()
    case 10:
      return cursor.unsigned64()
    case 11:
      return cursor.signed64()
    case 12:
      return cursor.float64()
    default:
      cursor.refuse('unknown-value-type')
      return 0
  }
}

function readList(cursor: HeaderCursor): MetadataValue {
  const elementType = cursor.unsigned32()
  const count = cursor.unsigned64()
  if (cursor.stop !== null) return { kind: 'list', elementType, count: 0, numbers: null }
  // The engine knows no arrays in arrays either; refusing them bounds the depth.
  if (elementType === valueType.list) cursor.refuse('nested-array')
  const bytes = elementType === valueType.text ? 8 : elementBytes.get(elementType)
  if (bytes === undefined) cursor.refuse('unknown-value-type')
  else if (count > cursor.remaining / bytes) cursor.refuse('array-too-long')
  else if (elementType === valueType.text) skipTexts(cursor, count)
  else if (count <= maxNumbersKept)
    return { kind: 'list', elementType, count, numbers: readNumbers(cursor, elementType, count) }
  else cursor.take(count * bytes)
  return { kind: 'list', elementType, count, numbers: null }
}

function readNumbers(cursor: HeaderCursor, elementType: number, count: number): readonly number[] {
  const numbers: number[] = []
  for (let index = 0; index < count && cursor.stop === null; index++) numbers.push(readNumber(cursor, elementType))
  return numbers
}

function skipTexts(cursor: HeaderCursor, count: number): void {
  for (let index = 0; index < count && cursor.stop === null; index++) {
    // `<0x-1>` made one tokenizer of the engine write outside its table.
    const text = cursor.textOfLength(6)
    if (text !== null && text.startsWith('<0x') && text.endsWith('>') && !byteToken.test(text)) {
      cursor.refuse('bad-byte-token')
    }
  }
}
