// Vectors of texts, from a model that can make them.
import { fail, ok, type Result } from '#contract/result.ts'
import type { LoadedModel } from './loadedModel.ts'

/**
 * One vector of length 1 per text, in order; stopping answers those done so far. Failures: `unsupported-by-model`,
 * `engine-out-of-memory`, and `context-full` for a text longer than the model takes.
 */
export async function embedTexts(
  loaded: LoadedModel,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Result<readonly Float32Array<ArrayBuffer>[]>> {
  const { library, model, request } = loaded.parts
  const contextTokens = Math.min(request.contextTokens, model.trainContextSize)
  const vectors: Float32Array<ArrayBuffer>[] = []
  try {
    const context = await loaded.embedding()
    for (const text of texts) {
      if (signal.aborted) break
      const neededTokens = model.tokenize(text).length + 2
      if (neededTokens > contextTokens) return fail('context-full', { neededTokens, contextTokens, reservedTokens: 2 })
      vectors.push(unit((await context.getEmbeddingFor(text)).vector))
    }
    return ok(vectors)
  } catch (error) {
    if (error instanceof library.InsufficientMemoryError) return fail('engine-out-of-memory', {})
    return fail('unsupported-by-model', { feature: 'embedding' })
  }
}

function unit(vector: readonly number[]): Float32Array<ArrayBuffer> {
  const length = Math.hypot(...vector)
  return Float32Array.from(vector, (value) => (length === 0 ? 0 : value / length))
}
