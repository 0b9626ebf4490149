// A rewriting as a stream: deltas as they come, then how it ended. Nothing of it is stored.
import type { RewriteItem } from '#contract/chat.ts'
import { ok, type Stream } from '#contract/result.ts'
import type { ChatCloud, ChatCloudAnswer } from './cloudSeam.ts'

/**
 * Uses a grant up and yields the text, gathered while the reader was busy. Cancelling stops it and keeps what came.
 * Failures: those of `ChatCloud.run`.
 */
export async function* runRewrite(cloud: ChatCloud, grantId: string, signal: AbortSignal): Stream<RewriteItem> {
  let pending = ''
  let wake: () => void = () => undefined
  const stop = new AbortController()
  const run = cloud
    .run(grantId, {
      kind: 'rewrite',
      signal: AbortSignal.any([signal, stop.signal]),
      onText: (delta) => {
        pending += delta
        wake()
      },
    })
    .finally(() => wake())
  const state: { ended: Awaited<typeof run> | null } = { ended: null }
  void run.then(
    (ended) => (state.ended = ended),
    () => undefined,
  )
  try {
    for (;;) {
      if (pending !== '') {
        const text = pending
        pending = ''
        yield { type: 'text', text }
        continue
      }
      if (state.ended !== null) break
      await Promise.race([run, new Promise<void>((resolve) => (wake = resolve))])
    }
    if (!state.ended.ok) return state.ended
    const { provenance, result }: ChatCloudAnswer = state.ended.value
    if (!result.ok) return result
    yield { type: 'finished', reason: result.value.reason, cloud: provenance }
    return ok(undefined)
  } finally {
    stop.abort()
  }
}
