// Canary: this file must be refused.
/** Too far above. */

export const undocumented = 1
// canary: lint local/doc-on-export
