// Canary: this file must be refused.
import { z } from 'zod'

/** Only a type. */
export type Schema = z.ZodType
// canary: lint @typescript-eslint/consistent-type-imports
