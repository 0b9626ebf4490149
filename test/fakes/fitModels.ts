// Model files that are all header: right in shape and size, with holes where the weights would be.
import { truncateSync, writeFileSync } from 'node:fs'
import { ggufBytes, soundFile, type FixtureTensor, type FixtureValue } from '../fixtures/gguf.ts'

/** The measures of a model; `window` is the sliding window of most layers, 0 for none. */
export type FitShape = {
  readonly architecture: string
  readonly layers: number
  readonly embedding: number
  readonly feedForward: number
  readonly heads: number
  readonly keyValueHeads: number
  readonly headLength: number
  readonly vocabulary: number
  readonly window: number
}

/** Writes a model of this shape with 8-bit weights; on the disk it takes only its header. */
export function writeFitModel(file: string, shape: FitShape): void {
  const { architecture, layers, vocabulary, embedding } = shape
  const count = (value: number): FixtureValue => ({ type: 'u32', value })
  const words = Array.from({ length: vocabulary }, (_, index) => `w${index}`)
  const header = {
    ...soundFile,
    metadata: {
      'general.architecture': { type: 'text', value: architecture },
      'general.file_type': count(7),
      [`${architecture}.block_count`]: count(layers),
      [`${architecture}.context_length`]: count(131_072),
      [`${architecture}.embedding_length`]: count(embedding),
      [`${architecture}.feed_forward_length`]: count(shape.feedForward),
      [`${architecture}.attention.head_count`]: count(shape.heads),
      [`${architecture}.attention.head_count_kv`]: count(shape.keyValueHeads),
      [`${architecture}.attention.key_length`]: count(shape.headLength),
      [`${architecture}.attention.value_length`]: count(shape.headLength),
      ...(shape.window === 0 ? {} : { [`${architecture}.attention.sliding_window`]: count(shape.window) }),
      'tokenizer.ggml.model': { type: 'text', value: 'gpt2' },
      'tokenizer.ggml.tokens': { type: 'texts', value: words },
    } satisfies Readonly<Record<string, FixtureValue>>,
    tensors: placed(tensorsOf(shape)),
    dataBytes: 0,
  }
  const bytes = ggufBytes(header)
  const weights = header.tensors.reduce((sum, tensor) => sum + Math.ceil(bytesOf(tensor) / 32) * 32, 0)
  writeFileSync(file, bytes)
  truncateSync(file, Math.ceil(bytes.length / 32) * 32 + weights)
}

const q8 = 8

function tensorsOf(shape: FitShape): readonly FixtureTensor[] {
  const { layers, embedding, feedForward, heads, keyValueHeads, headLength, vocabulary } = shape
  const matrix = (name: string, ...dimensions: readonly number[]): FixtureTensor => ({ name, dimensions, ggmlType: q8 })
  const each = Array.from({ length: layers }, (_, layer) => [
    matrix(`blk.${layer}.attn_q.weight`, embedding, heads * headLength),
    matrix(`blk.${layer}.attn_k.weight`, embedding, keyValueHeads * headLength),
    matrix(`blk.${layer}.attn_v.weight`, embedding, keyValueHeads * headLength),
    matrix(`blk.${layer}.attn_output.weight`, heads * headLength, embedding),
    matrix(`blk.${layer}.ffn_gate.weight`, embedding, feedForward),
    matrix(`blk.${layer}.ffn_up.weight`, embedding, feedForward),
    matrix(`blk.${layer}.ffn_down.weight`, feedForward, embedding),
  ])
  return [
    matrix('token_embd.weight', embedding, vocabulary),
    matrix('output.weight', embedding, vocabulary),
    ...each.flat(),
  ]
}

/** One after the other, as wide as they are. */
function placed(tensors: readonly FixtureTensor[]): readonly FixtureTensor[] {
  let offset = 0
  return tensors.map((tensor) => {
    const at = BigInt(offset)
    offset += Math.ceil(bytesOf(tensor) / 32) * 32
    return { ...tensor, offset: at }
  })
}

/** A block of 32 weights in 34 bytes. */
function bytesOf({ dimensions }: FixtureTensor): number {
  return (dimensions.reduce<number>((product, each) => product * Number(each), 1) / 32) * 34
}
