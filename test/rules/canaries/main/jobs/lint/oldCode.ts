// Canary: this file must be refused.
/** One. */
export const one = 1
// const two = one + 1
// canary: lint local/no-commented-code
