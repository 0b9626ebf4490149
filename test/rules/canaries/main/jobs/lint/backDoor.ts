// Canary: this file must be refused.
import { createRequire } from 'node:module'

/** A module by the back door. */
export const http: unknown = createRequire(import.meta.url)
// canary: lint no-restricted-syntax no-back-door
