// Canary: this file must be refused.
/** Reaches out by another name. */
export function reach(): object {
  return self
}
// canary: lint no-restricted-globals self
