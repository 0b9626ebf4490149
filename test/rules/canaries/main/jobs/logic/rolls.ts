// Canary: this file must be refused.
/** Chance. */
export function roll(): number {
  return Math.random()
}
// canary: lint no-restricted-syntax no-chance
