// Whoever writes a summary: the model on this computer, or a provider under a consent. Types only.
import type { CloudProvenance } from '#contract/cloud.ts'
import type { LocalGenerator } from '../inference/localGenerator.ts'

/** What the pipeline asks of a model; the local generator fits. */
export type SummaryGenerator = Pick<LocalGenerator, 'load' | 'generate' | 'countTokens' | 'countTurnTokens'>

/** A generator whose answers come from elsewhere; `provenance` sums what was used so far. */
export type CloudSummaryGenerator = SummaryGenerator & { provenance(): CloudProvenance | undefined }
