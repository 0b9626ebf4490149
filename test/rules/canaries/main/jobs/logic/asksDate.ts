// Canary: this file must be refused.
/** The time. */
export function stamp(): Date {
  return new Date()
}
// canary: lint no-restricted-syntax no-clock
