// Tokens per second over several requests, or word that too few came to tell.

/** Tokens and the milliseconds they took. */
export type Timed = { readonly tokens: number; readonly milliseconds: number }

/** Fewer tokens than this say more about the clock than about the model. */
const fewestTokens = 16

/** The speed over all of them together; null when there were too few tokens. */
export function speedOf(timed: readonly Timed[]): number | null {
  const tokens = timed.reduce((sum, each) => sum + each.tokens, 0)
  const milliseconds = timed.reduce((sum, each) => sum + each.milliseconds, 0)
  return tokens < fewestTokens ? null : (tokens * 1000) / Math.max(1, milliseconds)
}
