// Prompts that ship with the app, every version that ever did, so that an old result can show its own.
import { z } from 'zod'
import { call } from './define.ts'

/** A prompt as it was written; `template` holds `{{name}}` where text is put in. `current`: in use for new work. */
export const shippedPrompt = z.strictObject({
  id: z.string(),
  version: z.string(),
  purpose: z.string(),
  template: z.string(),
  current: z.boolean(),
})
export type ShippedPrompt = z.infer<typeof shippedPrompt>

/** Methods about prompts. */
export const promptContract = {
  /** One prompt by id and version. Failure: `not-found`. */
  'prompts.get': call(z.strictObject({ id: z.string().max(100), version: z.string().max(20) }), shippedPrompt),
} as const
