// Canary: this file must be refused.
/** Speaks by itself. */
export const greeting = 'Nothing was read.'
// canary: lint local/no-literal-text
