// Canary: this file must be refused.
/** One. */
export const one = 1 // TODO: two
// canary: lint no-warning-comments
