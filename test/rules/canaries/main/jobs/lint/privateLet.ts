// Canary: this file must be refused.
let count = 0

/** Counts for everybody. */
export function next(): number {
  count += 1
  return count
}
// canary: lint no-restricted-syntax no-module-let
