// Canary: this file must be refused.
/** Casts the old way. */
export const cast = <number>JSON.parse('1')
// canary: lint local/reason-for-cast
