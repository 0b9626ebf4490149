// Canary: this file must be refused.
/** Reaches out. */
export function reach(): unknown {
  return new WebSocket('http://localhost')
}
// canary: lint no-restricted-globals WebSocket
