// Canary: this file must be refused.
/** Too deep. */
export function deep(a: boolean, b: boolean): number {
  if (a) {
    if (b) {
      while (a) {
        if (b) {
          if (a) return 1
        }
      }
    }
  }
  return 2
}
// canary: lint max-depth
