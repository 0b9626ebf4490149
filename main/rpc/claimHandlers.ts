// What answers the parts of the contract about prompts and about reading a unit again.
import type { Output } from '#contract/index.ts'
import type { Result } from '#contract/result.ts'
import type { Handlers } from './handler.ts'

/** The services as these methods use them. */
export type ClaimServices = {
  readonly prompts: { find(id: string, version: string): Result<Output<'prompts.get'>> }
  readonly rereads: {
    reread(summaryId: string, unit: number, signal: AbortSignal): Promise<Result<Output<'summaries.reread'>>>
  }
}

/** Joins the methods to their services. */
export function claimHandlers({ prompts, rereads }: ClaimServices): Pick<Handlers, 'prompts.get' | 'summaries.reread'> {
  return {
    'prompts.get': async ({ id, version }) => prompts.find(id, version),
    'summaries.reread': ({ summaryId, unit }, { signal }) => rereads.reread(summaryId, unit, signal),
  }
}
