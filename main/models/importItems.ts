// Turns an import that reports progress into the stream the contract promises.
import type { Item } from '#contract/index.ts'
import type { ModelRecord } from '#contract/model.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'

type ImportItem = Item<'models.import'>
type OnProgress = (readBytes: number, totalBytes: number) => void

/**
 * Runs `work` and yields its progress, the latest at most once per step of the reader, then `finished`; a null model
 * means it was stopped. A failure of `work` is how the stream ends.
 */
export async function* itemsOf(
  work: (onProgress: OnProgress) => Promise<Result<ModelRecord | null>>,
): Stream<ImportItem> {
  let latest: ImportItem | null = null
  let wake: () => void = () => undefined
  const running = work((readBytes, totalBytes) => {
    latest = { type: 'progress', readBytes, totalBytes }
    wake()
  })
  let ended = false
  void running.then(
    () => {
      ended = true
      wake()
    },
    () => {
      ended = true
      wake()
    },
  )
  while (!ended) {
    if (latest === null) await new Promise<void>((resolve) => (wake = resolve))
    const item: ImportItem | null = latest
    latest = null
    if (item !== null) yield item
  }
  const result = await running
  if (!result.ok) return result
  yield { type: 'finished', reason: result.value === null ? 'stopped' : 'complete', model: result.value }
  return ok(undefined)
}
