// Canary: this file must be refused.
async function work(): Promise<void> {}

/** Lets a promise float. */
export function start(): void {
  work()
}
// canary: lint @typescript-eslint/no-floating-promises
