// Which summary the page shows: the newest of the chosen kind.
import type { Summary } from '#contract/summary.ts'
import { useSotto } from '../../state/store.ts'

/** Null when there is none of this kind yet. */
export function useShownSummary(documentId: string): Summary | null {
  const preset = useSotto((state) => state.preset)
  const summaries = useSotto((state) => state.summaries[documentId])
  return summaries?.find((summary) => summary.preset === preset) ?? null
}
