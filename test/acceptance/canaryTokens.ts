// The shapes a text can take on disk without being readable at first sight: encodings, and the model's token ids.
import { join } from 'node:path'
import { checkout } from './runSotto.ts'

/** Bytes to look for, and what they are. */
export type Needle = { readonly name: string; readonly bytes: Buffer }

/**
 * The text's rare words as UTF-8, UTF-16 and Base64, and the whole text's token ids (by the starter's own tokenizer)
 * as 32-bit little-endian integers and as decimal lists.
 */
export async function canaryTokens(text: string): Promise<readonly Needle[]> {
  const ids = await tokenIds(text)
  // Eight ids in a row do not occur by chance, and a shorter run also finds a text stored in pieces.
  const run = ids.slice(2, 10)
  const words = text.split(' ').filter((word) => word.length > 9)
  return [
    ...words.flatMap((word) => [
      { name: 'UTF-8', bytes: Buffer.from(word, 'utf8') },
      { name: 'UTF-16', bytes: Buffer.from(word, 'utf16le') },
    ]),
    { name: 'Base64', bytes: Buffer.from(Buffer.from(text).toString('base64').slice(0, 40)) },
    { name: 'token ids as 32-bit integers', bytes: Buffer.from(Int32Array.from(run).buffer) },
    { name: 'token ids as text', bytes: Buffer.from(run.join(',')) },
    { name: 'token ids as spaced text', bytes: Buffer.from(run.join(', ')) },
  ]
}

async function tokenIds(text: string): Promise<readonly number[]> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp')
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1, logLevel: LlamaLogLevel.error })
  const model = await llama.loadModel({
    modelPath: join(checkout, 'resources/models/sotto-starter.gguf'),
    vocabOnly: false,
  })
  const ids = model.tokenize(text)
  await model.dispose()
  await llama.dispose()
  return ids
}
