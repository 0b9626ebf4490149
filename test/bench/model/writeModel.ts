// Writes a GGUF of realistic size whose weights are random: speed figures are real, the text is a fixed chain of words.
import { open, rename, type FileHandle } from 'node:fs/promises'
import { ggufBytes, type FixtureTensor } from '../../fixtures/gguf.ts'
import { createVocabulary, type Vocabulary } from './vocabulary.ts'

/** A llama model's measures; rows of every matrix are multiples of 32. */
export type Shape = {
  readonly layers: number
  readonly embedding: number
  readonly feedForward: number
  readonly heads: number
  readonly keyValueHeads: number
  readonly vocabulary: number
  readonly contextTokens: number
  /** 8-bit (Q8_0) or 4-bit (Q4_0) weights of the layers; embeddings and output are 8-bit in both. */
  readonly weights: 'q8' | 'q4'
}

/** The shape of Qwen2.5-0.5B, its output matrix a second time: 525 MB are read for every token, as in the real one. */
export const realisticShape: Shape = {
  layers: 24,
  embedding: 896,
  feedForward: 4864,
  heads: 14,
  keyValueHeads: 2,
  vocabulary: 151_936,
  contextTokens: 32_768,
  weights: 'q8',
}

/** The same vocabulary on next to no layers. */
export const smallShape: Shape = {
  ...realisticShape,
  layers: 2,
  embedding: 128,
  feedForward: 256,
  heads: 2,
  keyValueHeads: 1,
}

/** Written like ChatML, so that the engine's own wrapper of that name is found to be the same. */
export const chatTemplate =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"

const types = { f32: 0, q4: 2, q8: 8 } as const
/** Bytes of a block of 32 weights: a half-precision scale, and the weights as signed bytes or as halves of bytes. */
const blockBytes = { q8: 34, q4: 18 } as const
/** Half-precision 2^-11 and 2^-7: matrices come out about as large as trained ones; 2^-6 for embeddings. */
const matrixScale = { q8: 0x1000, q4: 0x2000 } as const
const embeddingScale = 0x2400
/** How far the successor of a word lies; prime, so that the chain visits every word. */
const stride = 61_813

type Tensor = {
  readonly name: string
  readonly dimensions: readonly number[]
  readonly type: keyof typeof types
  readonly content: 'ones' | 'zeros' | 'random' | 'embeddings' | 'successors'
}

/** Writes the file in place at its end; the same shape and seed give the same bytes. */
export async function writeModel(path: string, shape: Shape, seed = 1): Promise<void> {
  const vocabulary = createVocabulary(shape.vocabulary)
  const tensors = tensorsOf(shape)
  const random = new RandomBlocks(seed)
  const embeddings = embeddingRows(shape, vocabulary, random)
  const unfinished = `${path}.part`
  const file = await open(unfinished, 'w')
  try {
    await file.write(ggufBytes({ metadata: metadataOf(shape, vocabulary), tensors: placed(tensors), dataBytes: 0 }))
    for (const tensor of tensors) await writeTensor(file, tensor, { shape, vocabulary, random, embeddings })
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
}

function tensorsOf(shape: Shape): readonly Tensor[] {
  const { layers, embedding, feedForward, heads, keyValueHeads, vocabulary, weights } = shape
  const keyValue = (embedding / heads) * keyValueHeads
  const norm = (name: string): Tensor => ({ name, dimensions: [embedding], type: 'f32', content: 'ones' })
  const matrix = (name: string, columns: number, rows: number, content: Tensor['content'] = 'random'): Tensor => ({
    name,
    dimensions: [columns, rows],
    type: content === 'embeddings' || content === 'successors' ? 'q8' : weights,
    content,
  })
  const layer = (index: number): readonly Tensor[] => {
    const named = (name: string): string => `blk.${index}.${name}.weight`
    return [
      norm(named('attn_norm')),
      norm(named('ffn_norm')),
      matrix(named('attn_q'), embedding, embedding),
      matrix(named('attn_k'), embedding, keyValue),
      matrix(named('attn_v'), embedding, keyValue),
      // Nothing that attention and feed-forward reckon reaches the output: the work is done, the text stays the chain.
      matrix(named('attn_output'), embedding, embedding, 'zeros'),
      matrix(named('ffn_gate'), embedding, feedForward),
      matrix(named('ffn_up'), embedding, feedForward),
      matrix(named('ffn_down'), feedForward, embedding, 'zeros'),
    ]
  }
  return [
    matrix('token_embd.weight', embedding, vocabulary, 'embeddings'),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    norm('output_norm.weight'),
    matrix('output.weight', embedding, vocabulary, 'successors'),
  ]
}

function metadataOf(shape: Shape, { tokens, merges }: Vocabulary): Parameters<typeof ggufBytes>[0]['metadata'] {
  const u32 = (value: number) => ({ type: 'u32', value }) as const
  const control = tokens.length - 3
  return {
    'general.architecture': { type: 'text', value: 'llama' },
    'general.name': { type: 'text', value: 'sotto-bench' },
    'general.alignment': u32(32),
    'general.file_type': u32(7),
    'llama.block_count': u32(shape.layers),
    'llama.context_length': u32(shape.contextTokens),
    'llama.embedding_length': u32(shape.embedding),
    'llama.feed_forward_length': u32(shape.feedForward),
    'llama.vocab_size': u32(shape.vocabulary),
    'llama.attention.head_count': u32(shape.heads),
    'llama.attention.head_count_kv': u32(shape.keyValueHeads),
    'llama.rope.dimension_count': u32(shape.embedding / shape.heads),
    'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: 1e-6 },
    'llama.rope.freq_base': { type: 'f32', value: 1e6 },
    'tokenizer.ggml.model': { type: 'text', value: 'gpt2' },
    'tokenizer.ggml.pre': { type: 'text', value: 'qwen2' },
    'tokenizer.ggml.tokens': { type: 'texts', value: tokens },
    'tokenizer.ggml.token_type': { type: 'i32s', value: tokens.map((_, id) => (id < control ? 1 : 3)) },
    'tokenizer.ggml.merges': { type: 'texts', value: merges },
    'tokenizer.ggml.bos_token_id': u32(control),
    'tokenizer.ggml.eos_token_id': u32(control + 2),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.chat_template': { type: 'text', value: chatTemplate },
  }
}

function bytesOf({ dimensions, type }: Tensor): number {
  const values = dimensions.reduce((product, length) => product * length, 1)
  return type === 'f32' ? values * 4 : (values / 32) * blockBytes[type]
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 32) * 32
}

function placed(tensors: readonly Tensor[]): readonly FixtureTensor[] {
  let at = 0
  return tensors.map((tensor) => {
    const offset = BigInt(at)
    at += aligned(bytesOf(tensor))
    return { name: tensor.name, dimensions: tensor.dimensions, ggmlType: types[tensor.type], offset }
  })
}

type Sources = {
  readonly shape: Shape
  readonly vocabulary: Vocabulary
  readonly random: RandomBlocks
  readonly embeddings: Uint8Array
}

async function writeTensor(file: FileHandle, tensor: Tensor, sources: Sources): Promise<void> {
  const bytes = bytesOf(tensor)
  for (const part of partsOf(tensor, bytes, sources)) await file.write(part)
  await file.write(new Uint8Array(aligned(bytes) - bytes))
}

function partsOf(tensor: Tensor, bytes: number, sources: Sources): readonly Uint8Array[] {
  switch (tensor.content) {
    case 'ones':
      return [new Uint8Array(new Float32Array(bytes / 4).fill(1).buffer)]
    case 'zeros':
      return [new Uint8Array(bytes)]
    case 'random':
      return [sources.random.take(bytes, sources.shape.weights, matrixScale[sources.shape.weights])]
    case 'embeddings':
      return [sources.embeddings]
    case 'successors':
      return successorRows(sources)
  }
}

/** A row of its own for every word; every other token looks like some word, so that it too has a successor. */
function embeddingRows(shape: Shape, { firstWord, words }: Vocabulary, random: RandomBlocks): Uint8Array {
  const row = (shape.embedding / 32) * blockBytes.q8
  const rows = random.take(row * shape.vocabulary, 'q8', embeddingScale)
  const afterWords = firstWord + words
  rows.copyWithin(0, firstWord * row, 2 * firstWord * row)
  rows.copyWithin(afterWords * row, firstWord * row, (firstWord + shape.vocabulary - afterWords) * row)
  return rows
}

/** The row of a word is the embedding of the word before it in the chain; no other token is ever the likeliest. */
function successorRows({ shape, vocabulary, embeddings }: Sources): readonly Uint8Array[] {
  const { firstWord, words } = vocabulary
  const row = (shape.embedding / 32) * blockBytes.q8
  const rows = (from: number, to: number) => embeddings.subarray((firstWord + from) * row, (firstWord + to) * row)
  const turn = words - (stride % words)
  const rest = shape.vocabulary - firstWord - words
  return [new Uint8Array(firstWord * row), rows(turn, words), rows(0, turn), new Uint8Array(rest * row)]
}

/** Seeded random weights (xorshift), one block after another. */
class RandomBlocks {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  take(bytes: number, type: keyof typeof blockBytes, scale: number): Uint8Array {
    const numbers = new Uint32Array(Math.ceil(bytes / 4))
    let state = this.#state
    for (let index = 0; index < numbers.length; index++) {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      numbers[index] = state
    }
    this.#state = state
    const blocks = new Uint8Array(numbers.buffer, 0, bytes)
    for (let at = 0; at < bytes; at += blockBytes[type]) {
      blocks[at] = scale & 0xff
      blocks[at + 1] = scale >>> 8
    }
    return blocks
  }
}
