// Canary: this file must be refused.
/** Compares the message. */
export function isFull(error: Error): boolean {
  return error.message === 'full'
}
// canary: lint no-restricted-syntax no-message-matching
