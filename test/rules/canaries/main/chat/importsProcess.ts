// Canary: this file must be refused.
import { env } from 'node:process'

/** The environment. */
export const home = env['HOME']
// canary: lint no-restricted-imports node:process
