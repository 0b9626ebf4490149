// Whether a task could be asked for outside now.
import type { CloudState } from '#contract/cloud.ts'

/** A model is chosen and nothing stands in the way; unknown counts as no. */
export function cloudReady({ cloud }: { readonly cloud: CloudState | null }): boolean {
  return cloud !== null && cloud.chosen !== null && cloud.blocked === null
}
