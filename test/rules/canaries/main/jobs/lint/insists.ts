// Canary: this file must be refused.
/** Insists. */
export function first(list: readonly number[]): number {
  return list[0]!
}
// canary: lint @typescript-eslint/no-non-null-assertion
