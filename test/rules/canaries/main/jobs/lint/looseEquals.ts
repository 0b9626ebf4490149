// Canary: this file must be refused.
/** Loose. */
export function same(a: unknown): boolean {
  return a == 1
}
// canary: lint eqeqeq
