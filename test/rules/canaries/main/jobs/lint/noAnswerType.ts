// Canary: this file must be refused.
/** Says nothing about its answer. */
export function one() {
  return 1
}
// canary: lint @typescript-eslint/explicit-module-boundary-types
