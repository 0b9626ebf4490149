// Canary: this file must be refused.
/** Anything. */
export type Anything = readonly any[]
// canary: lint local/reason-for-cast
