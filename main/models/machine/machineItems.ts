// Turns work that tells how far it is into the stream the contract promises.
import { ok, type Result, type Stream } from '#contract/result.ts'

/** Runs `work`, yields what it pushes as it comes and then its result; a failure of `work` is how the stream ends. */
export async function* streamOf<T>(work: (push: (item: T) => void) => Promise<Result<T>>): Stream<T> {
  const items: T[] = []
  const waiting = { wake: (): void => undefined, ended: false }
  const running = work((item) => {
    items.push(item)
    waiting.wake()
  }).finally(() => {
    waiting.ended = true
    waiting.wake()
  })
  // Whoever leaves the stream early is not told how the work ended.
  running.catch(() => undefined)
  for (;;) {
    const item = items.shift()
    if (item !== undefined) yield item
    else if (waiting.ended) break
    else await new Promise<void>((resolve) => (waiting.wake = resolve))
  }
  const result = await running
  if (!result.ok) return result
  yield result.value
  return ok(undefined)
}
