// Canary: this file must be refused.
import { createRequire } from './loader.ts'

/** A module by the back door. */
export const http: unknown = createRequire()
// canary: lint no-restricted-syntax no-back-door
