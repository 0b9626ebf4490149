// Canary: this file must be refused.
/** One. */
export function same(a: unknown): boolean {
  // eslint-disable-next-line eqeqeq
  return a == 1
}
// canary: lint local/disable-needs-reason
