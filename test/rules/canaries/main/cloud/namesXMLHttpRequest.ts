// Canary: this file must be refused.
/** Reaches out. */
export function reach(): unknown {
  return new XMLHttpRequest()
}
// canary: lint no-restricted-globals XMLHttpRequest
