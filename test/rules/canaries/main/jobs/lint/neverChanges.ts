// Canary: this file must be refused.
/** Let. */
export function one(): number {
  let a = 1
  return a
}
// canary: lint prefer-const
