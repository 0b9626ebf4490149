// Canary: this file must be refused.
/** Reassigns. */
export function twice(a: number): number {
  a = a * 2
  return a
}
// canary: lint no-param-reassign
