// Canary: this file must be refused.
/** Reaches out. */
export function reach(): unknown {
  return new EventSource('http://localhost')
}
// canary: lint no-restricted-globals EventSource
