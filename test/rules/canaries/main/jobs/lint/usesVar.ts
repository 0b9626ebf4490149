// Canary: this file must be refused.
/** Var. */
export function one(): number {
  var a = 1
  a += 1
  return a
}
// canary: lint no-var
