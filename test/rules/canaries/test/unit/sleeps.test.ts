// Canary: this file must be refused.
/** Sleeps. */
export async function sleep(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 10))
}
// canary: lint no-restricted-syntax no-sleep
