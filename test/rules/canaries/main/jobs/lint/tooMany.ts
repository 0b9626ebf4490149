// Canary: this file must be refused.
/** Too many parameters. */
export function sum(a: number, b: number, c: number, d: number, e: number, f: number): number {
  return a + b + c + d + e + f
}
// canary: lint max-params
