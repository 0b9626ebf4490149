// Canary: this file must be refused.
/** Reads the message. */
export function isFull(error: Error): boolean {
  return error.message.includes('full')
}
// canary: lint no-restricted-syntax no-message-matching
