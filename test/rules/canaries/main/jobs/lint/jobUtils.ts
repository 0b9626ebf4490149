// Canary: this file must be refused.
/** A drawer. */
export const one = 1
// canary: lint local/file-name
