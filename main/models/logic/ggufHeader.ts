// Validates a GGUF header before the engine sees the file: every count bounded, every tensor inside, every fact sane.
import { valueType, readMetadata, type Metadata } from './ggufMetadata.ts'
import { readTensors, tensorsInOrder, tensorsInside } from './ggufTensors.ts'
import { architectures } from './ggufTypes.ts'
import { HeaderCursor, type HeaderStop } from './headerCursor.ts'

/** What a header says. Token counts are the file's claims; `keyLength` and `valueLength` are per head. */
export type HeaderFacts = {
  readonly architecture: string
  readonly name: string | null
  readonly parameters: number
  readonly contextLength: number
  readonly blockCount: number
  readonly embeddingLength: number
  readonly keyValueHeads: number
  readonly keyLength: number
  readonly valueLength: number
  readonly vocabularySize: number
  readonly chatTemplate: string | null
  readonly fileType: number | null
  readonly headerBytes: number
}

/** `more` asks to be called again with at least `upTo` bytes; `invalid` carries a kebab-case reason. */
export type HeaderOutcome = HeaderStop | { readonly state: 'valid'; readonly facts: HeaderFacts }

const magic = 0x46554747
const maxKeys = 10_000
const maxTensors = 100_000
const maxBlocks = 512
const maxAlignment = 1024 * 1024
const maxHeads = 65_536
const maxLength = 16_777_216

/**
 * Reads a header from `window`, the first bytes of a file of `fileBytes` bytes. Pure and total: any bytes give one of
 * the three outcomes. Limits follow the known attacks on GGUF readers.
 */
export function parseGgufHeader(window: Uint8Array, fileBytes: number): HeaderOutcome {
  const cursor = new HeaderCursor(window, fileBytes)
  const counts = readPreamble(cursor)
  const metadata = readMetadata(cursor, cursor.stop === null ? counts.keys : 0)
  const alignment = alignmentOf(cursor, metadata)
  const table = readTensors(cursor, cursor.stop === null ? counts.tensors : 0, alignment)
  if (cursor.stop !== null) return cursor.stop
  const start = Math.ceil(cursor.offset / alignment) * alignment
  if (!tensorsInside(table, start, fileBytes)) return { state: 'invalid', reason: 'tensor-out-of-bounds' }
  if (!tensorsInOrder(table, alignment)) return { state: 'invalid', reason: 'tensor-misplaced' }
  return factsOf(metadata, table.parameters, start)
}

function readPreamble(cursor: HeaderCursor): { readonly tensors: number; readonly keys: number } {
  if (cursor.fileBytes < 24) cursor.refuse(cursor.fileBytes === 0 ? 'empty' : 'too-short')
  if (cursor.unsigned32() !== magic && cursor.stop === null) cursor.refuse('not-gguf')
  const version = cursor.unsigned32()
  if (cursor.stop === null && version !== 2 && version !== 3) {
    cursor.refuse(version >= 0x01000000 ? 'big-endian' : 'version-unsupported')
  }
  const tensors = cursor.unsigned64()
  const keys = cursor.unsigned64()
  if (tensors > maxTensors) cursor.refuse('too-many-tensors')
  if (keys > maxKeys) cursor.refuse('too-many-keys')
  if (tensors < 1 && cursor.stop === null) cursor.refuse('no-tensors')
  return { tensors, keys }
}

function alignmentOf(cursor: HeaderCursor, metadata: Metadata): number {
  if (!metadata.has('general.alignment')) return 32
  const alignment = numberAt(metadata, 'general.alignment') ?? 0
  const powerOfTwo = Number.isInteger(alignment) && alignment >= 8 && Math.log2(alignment) % 1 === 0
  if (powerOfTwo && alignment <= maxAlignment) return alignment
  cursor.refuse('bad-alignment')
  return 32
}

function factsOf(metadata: Metadata, parameters: number, headerBytes: number): HeaderOutcome {
  const architecture = textAt(metadata, 'general.architecture')
  const type = textAt(metadata, 'general.type')
  if (architecture === 'clip' || type === 'mmproj') return invalid('projector')
  if (type === 'adapter') return invalid('adapter')
  if (architecture === null || !architectures.has(architecture)) return invalid('unknown-architecture')
  if ((numberAt(metadata, 'split.count') ?? 1) > 1) return invalid('split-file')
  const fact = (key: string) => numberAt(metadata, `${architecture}.${key}`)
  const blockCount = fact('block_count')
  const contextLength = fact('context_length')
  const embeddingLength = fact('embedding_length')
  const heads = largestAt(metadata, `${architecture}.attention.head_count`) ?? 0
  const keyValueHeads = largestAt(metadata, `${architecture}.attention.head_count_kv`) ?? heads
  if (!within(blockCount, 1, maxBlocks)) return invalid('bad-block-count')
  if (!within(contextLength, 1, 2 ** 31)) return invalid('bad-context-length')
  if (!within(embeddingLength, 1, maxLength)) return invalid('bad-embedding-length')
  if (!within(heads, 0, maxHeads) || !within(keyValueHeads, 0, maxHeads)) return invalid('bad-head-count')
  const headLength = heads > 0 ? embeddingLength / heads : 0
  const keyLength = fact('attention.key_length') ?? headLength
  const valueLength = fact('attention.value_length') ?? headLength
  if (!inRange(keyLength, 0, maxLength) || !inRange(valueLength, 0, maxLength)) return invalid('bad-head-length')
  const vocabulary = vocabularyOf(metadata)
  if (typeof vocabulary === 'string') return invalid(vocabulary)
  return {
    state: 'valid',
    facts: {
      architecture,
      name: textAt(metadata, 'general.name'),
      parameters,
      contextLength,
      blockCount,
      embeddingLength,
      keyValueHeads,
      keyLength,
      valueLength,
      vocabularySize: vocabulary,
      chatTemplate: textAt(metadata, 'tokenizer.chat_template'),
      fileType: numberAt(metadata, 'general.file_type'),
      headerBytes,
    },
  }
}

/** The vocabulary's size, or the reason it is refused: lists of unequal length or wrong type made readers run past their end. */
function vocabularyOf(metadata: Metadata): number | string {
  const tokens = metadata.get('tokenizer.ggml.tokens')
  if (tokens?.kind !== 'list' || tokens.elementType !== valueType.text || tokens.count < 1) return 'no-vocabulary'
  const scores = metadata.get('tokenizer.ggml.scores')
  if (scores !== undefined && !listOf(scores, [valueType.float32], tokens.count)) return 'bad-scores'
  const types = metadata.get('tokenizer.ggml.token_type')
  if (types !== undefined && !listOf(types, [valueType.signed32, valueType.unsigned32], tokens.count)) {
    return 'bad-token-types'
  }
  const merges = metadata.get('tokenizer.ggml.merges')
  if (merges !== undefined && !listOf(merges, [valueType.text], null)) return 'bad-merges'
  for (const [key, value] of metadata) {
    if (!/^tokenizer\.ggml\.\w+_token_id$/.test(key)) continue
    // 2^32 - 1 stands for "none".
    if (value.kind !== 'number' || !(value.value < tokens.count || value.value === 0xffffffff)) return 'bad-token-id'
  }
  return tokens.count
}

function listOf(
  value: NonNullable<ReturnType<Metadata['get']>>,
  types: readonly number[],
  count: number | null,
): boolean {
  return value.kind === 'list' && types.includes(value.elementType) && (count === null || value.count === count)
}

function numberAt(metadata: Metadata, key: string): number | null {
  const value = metadata.get(key)
  return value?.kind === 'number' ? value.value : null
}

function textAt(metadata: Metadata, key: string): string | null {
  const value = metadata.get(key)
  return value?.kind === 'text' ? value.value : null
}

/** A number, or the largest of a list by layer. */
function largestAt(metadata: Metadata, key: string): number | null {
  const value = metadata.get(key)
  if (value?.kind === 'list' && value.numbers !== null) return Math.max(0, ...value.numbers)
  return value?.kind === 'number' ? value.value : null
}

function inRange(value: number | null, least: number, most: number): value is number {
  return value !== null && value >= least && value <= most
}

function within(value: number | null, least: number, most: number): value is number {
  return inRange(value, least, most) && Number.isInteger(value)
}

function invalid(reason: string): HeaderOutcome {
  return { state: 'invalid', reason }
}
