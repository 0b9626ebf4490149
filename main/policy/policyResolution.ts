// What became of the policy at start. Types only.
import type { PolicyState } from '#contract/setting.ts'
import type { Policy } from './schema.ts'

/**
 * The policy in force. `none`: there is no policy; `active`: `values` are the organisation's; `invalid`: there is one
 * that cannot be trusted or read, `issues` say why, and `values` keep everything on this computer. `sha256` is of the
 * file's bytes when they could be read.
 */
export type PolicyResolution = Readonly<PolicyState> & { readonly values: Policy }
