// How an answer ends: what is stored of it, and what its followers hear.
import { failureOf, ok, type Result } from '#contract/result.ts'
import type { Generation } from '../inference/localGenerator.ts'
import type { FinishedItem } from './answerRun.ts'
import type { AnswerEnding } from './conversationStore.ts'
import type { PreparedTurn } from './turnPreparer.ts'

/** The row's ending and the stream's. */
export type Ending = { readonly stored: AnswerEnding; readonly heard: Result<FinishedItem> }

/** A stop before anything was generated. */
export const stoppedAtOnce: Generation = {
  text: '',
  reason: 'stopped',
  meter: { promptTokens: 0, evaluatedTokens: 0, generatedTokens: 0 },
}

/**
 * What a generation's outcome means. `text` is all that was streamed and is kept in every case; an answer that ended by
 * itself without a word is `generation-empty`; one cut by its token limit is `partial`.
 */
export function answerEnding(generated: Result<Generation>, text: string, turn: PreparedTurn): Ending {
  if (!generated.ok) {
    return { stored: { text, state: 'failed', failure: generated.failure }, heard: generated }
  }
  const { reason, meter } = generated.value
  if (reason === 'complete' && text.trim() === '') {
    const failure = failureOf('generation-empty', {})
    return { stored: { text, state: 'failed', failure }, heard: { ok: false, failure } }
  }
  return {
    stored: { text, state: reason === 'complete' ? 'complete' : 'partial', failure: null },
    heard: ok({
      ...finished(reason),
      evaluatedTokens: meter.evaluatedTokens,
      generatedTokens: meter.generatedTokens,
      leftOutMessages: turn.leftOutMessages,
      ...(turn.shortenedDocuments.length > 0 && { shortenedDocuments: [...turn.shortenedDocuments] }),
    }),
  }
}

/** The last item of an answer of which nothing but the reason is known. */
export function finished(reason: FinishedItem['reason']): FinishedItem {
  return { type: 'finished', reason, evaluatedTokens: 0, generatedTokens: 0, leftOutMessages: 0 }
}
