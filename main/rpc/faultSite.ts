// Where in our own code something broke, without what it said: error texts may quote documents.

/** The error's class, its system code if any, and the code line it came from (`rpcServer.ts:12`), for the log. */
export function faultSite(error: unknown): { readonly error: string; readonly code: string; readonly at: string } {
  if (!(error instanceof Error)) return { error: typeof error, code: '', at: '' }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // A stack begins with the message, which may hold anything, lines that look like frames too: only what follows counts.
  const stack = error.stack ?? ''
  const start = stack.indexOf(error.message)
  const frames = start < 0 ? '' : stack.slice(start + error.message.length)
  const frame = /\n\s+at [^\n]*?([\w.-]+\.[cm]?[jt]s:\d+):\d+\)?(?:\n|$)/.exec(frames)
  return { error: error.constructor.name, code, at: frame?.[1] ?? '' }
}
