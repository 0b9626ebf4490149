// An answer whose process ended in the middle goes on from what was written.
import { fail, ok, type Result } from '#contract/result.ts'
import type { EngineLink } from './engineLink.ts'
import { failureOfReply } from './loadedState.ts'
import type { GenerationRequest } from './localGenerator.ts'

const never = new AbortController().signal

/**
 * What is left to generate after `text`; null when nothing is. Output bound to a schema cannot go on in the middle and
 * fails with `engine-crashed`.
 */
export async function restOf(
  link: EngineLink,
  request: GenerationRequest,
  text: string,
): Promise<Result<GenerationRequest | null>> {
  if (text === '') return ok(request)
  if (request.jsonSchema !== undefined) return fail('engine-crashed', {})
  const reply = await link.ask({ type: 'count-tokens', texts: [text] }, never)
  if (reply.type !== 'counts') return failureOfReply(reply)
  const maxTokens = request.maxTokens - (reply.counts[0] ?? 0)
  if (maxTokens < 1) return ok(null)
  return ok({ ...request, maxTokens, turns: [...request.turns, { role: 'assistant', text }] })
}
