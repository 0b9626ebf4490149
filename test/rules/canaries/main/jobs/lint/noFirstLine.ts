/** Documented. */
export const first = 1
// canary: lint local/first-line-comment
