// Canary: this file must be refused.
import { type ZodType } from 'zod'

/** Inline type import leaves a side effect. */
export type Schema = ZodType
// canary: lint @typescript-eslint/no-import-type-side-effects
