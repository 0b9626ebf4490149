// Canary: this file must be refused.
import { env } from 'process'

/** The environment. */
export const home = env['HOME']
// canary: lint no-restricted-imports process
