// One generation as a stream: what is read, pieces of text as they come, and how it ended.
import type { QuestionItem } from '#contract/question.ts'
import type { Result } from '#contract/result.ts'
import type { Generation, GenerationRequest, LocalGenerator } from '../inference/localGenerator.ts'

type Written = Extract<QuestionItem, { type: 'text' | 'reading' }>

/**
 * Yields what was written while the reader was busy in one piece, and returns the generation. Whoever leaves early stops
 * it. Failures are the generator's.
 */
export async function* modelWriting(
  generator: LocalGenerator,
  request: GenerationRequest,
  signal: AbortSignal,
): AsyncGenerator<Written, Result<Generation>, void> {
  const stop = new AbortController() // aborted in `finally`
  const pending: { text: string; reading: Written | null } = { text: '', reading: null }
  let wake: () => void = () => undefined
  const state: { ended: Result<Generation> | null } = { ended: null }
  const running = generator
    .generate(request, {
      signal: AbortSignal.any([signal, stop.signal]),
      onText: (delta) => {
        pending.text += delta
        wake()
      },
      onReading: (evaluatedTokens, totalTokens) => {
        pending.reading = { type: 'reading', evaluatedTokens, totalTokens }
        wake()
      },
    })
    .then((ended) => {
      state.ended = ended
      wake()
      return ended
    })
  try {
    for (;;) {
      const { text, reading } = pending
      pending.text = ''
      pending.reading = null
      if (text !== '') yield { type: 'text', text }
      else if (reading !== null) yield reading
      else if (state.ended !== null) return state.ended
      else await Promise.race([running, new Promise<void>((resolve) => (wake = resolve))])
    }
  } finally {
    stop.abort()
  }
}
