// Canary: this file must be refused.
/** Casts. */
export const cast = JSON.parse('1') as number
// canary: lint local/reason-for-cast
