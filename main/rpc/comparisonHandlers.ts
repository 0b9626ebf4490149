// What answers the part of the contract about comparisons.
import type { Change, Comparison, ComparisonItem } from '#contract/comparison.ts'
import type { Method, Parsed } from '#contract/index.ts'
import { ok, type Result } from '#contract/result.ts'
import type { Answer, Handlers, Items } from './handler.ts'

/** Comparisons as the contract uses them. */
export type ComparisonServices = {
  readonly comparisons: {
    compare(order: Parsed<'comparisons.compare'>, signal: AbortSignal): Items<ComparisonItem>
    list(documentId?: string): Answer<Comparison[]>
    get(comparisonId: string): Answer<Comparison>
    changes(id: string, from: number, count: number, kinds?: readonly Change['kind'][]): Answer<Change[]>
    remove(comparisonId: string): Promise<Result<unknown>>
  }
}

type ComparisonMethod = Extract<Method, `comparisons.${string}`>

/** Joins the methods of `preload/contract/comparison.ts` to the service. */
export function comparisonHandlers({ comparisons }: ComparisonServices): Pick<Handlers, ComparisonMethod> {
  return {
    'comparisons.compare': (order, { signal }) => comparisons.compare(order, signal),
    'comparisons.list': ({ documentId }) => comparisons.list(documentId),
    'comparisons.get': ({ comparisonId }) => comparisons.get(comparisonId),
    'comparisons.changes': ({ comparisonId, from, count, kinds }) =>
      comparisons.changes(comparisonId, from, count, kinds),
    'comparisons.remove': async ({ comparisonId }) => {
      const removed = await comparisons.remove(comparisonId)
      return removed.ok ? ok({}) : removed
    },
  }
}
