// Turns work that reports progress into the stream the contract promises.
import type { Item } from '#contract/index.ts'
import type { ModelRecord } from '#contract/model.ts'
import { ok, type Result, type Stream } from '#contract/result.ts'

type ImportItem = Item<'models.import'>
type OnProgress = (readBytes: number, totalBytes: number) => void
type Progress = { readonly type: 'progress'; readonly readBytes: number; readonly totalBytes: number }

/** An import as a stream; a null model means it was stopped. A failure of `work` is how the stream ends. */
export function itemsOf(work: (onProgress: OnProgress) => Promise<Result<ModelRecord | null>>): Stream<ImportItem> {
  return progressItems(work, (model) => ({ type: 'finished', reason: model === null ? 'stopped' : 'complete', model }))
}

/** Runs `work` and yields its progress, the latest at most once per step of the reader, then what `finish` makes of it. */
export async function* progressItems<Value, Finished>(
  work: (onProgress: OnProgress) => Promise<Result<Value>>,
  finish: (value: Value) => Finished,
): Stream<Progress | Finished> {
  let latest: Progress | null = null
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
    const item: Progress | null = latest
    latest = null
    if (item !== null) yield item
  }
  const result = await running
  if (!result.ok) return result
  yield finish(result.value)
  return ok(undefined)
}
