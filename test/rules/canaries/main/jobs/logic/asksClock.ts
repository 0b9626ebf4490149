// Canary: this file must be refused.
/** The time. */
export function stamp(): number {
  return Date.now()
}
// canary: lint no-restricted-syntax no-clock
