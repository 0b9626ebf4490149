// Canary: this file must be refused.
/** Reaches out. */
export function reach(): unknown {
  return fetch('http://localhost')
}
// canary: lint no-restricted-globals fetch
