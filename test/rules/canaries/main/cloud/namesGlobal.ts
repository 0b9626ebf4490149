// Canary: this file must be refused.
/** Reaches out by another name. */
export function reach(): object {
  return global
}
// canary: lint no-restricted-globals global
