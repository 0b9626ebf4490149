// Canary: this file must be refused.
/** Forgets a case behind a default. */
export function word(kind: 'one' | 'two'): number {
  switch (kind) {
    case 'one':
      return 1
    default:
      return 0
  }
}
// canary: lint @typescript-eslint/switch-exhaustiveness-check
