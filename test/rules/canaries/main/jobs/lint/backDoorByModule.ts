// Canary: this file must be refused.
import * as loader from './loader.ts'

/** A module by another back door. */
export const http: unknown = loader.createRequire
// canary: lint no-restricted-syntax no-back-door
