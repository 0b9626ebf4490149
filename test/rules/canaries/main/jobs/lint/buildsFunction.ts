// Canary: this file must be refused.
/** Built from text. */
export const built: unknown = new Function('return 1')
// canary: lint @typescript-eslint/no-implied-eval
