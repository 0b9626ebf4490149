// Canary: this file must be refused.
/** Passes a promise where nobody waits. */
export function start(list: readonly number[]): void {
  list.forEach(async () => {
    await Promise.resolve()
  })
}
// canary: lint @typescript-eslint/no-misused-promises
