// Canary: this file must be refused.
/** An arrow at top level. */
export const one = (): number => 1
// canary: lint no-restricted-syntax top-level-functions
