// What a host name may resolve to, so that a name on the allow-list cannot be turned against this computer.

/**
 * True when `address` (an IP address as the resolver gives it) may answer for `hostname`: `localhost` must be this
 * computer, every other name must not be (loopback, unspecified or link-local, where cloud metadata lives). Private
 * ranges are allowed: internal mirrors live there. Behind a proxy the proxy resolves, and this does not apply.
 */
export function mayAnswerFor(hostname: string, address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  const loopback = plain.startsWith('127.') || plain === '::1'
  if (hostname === 'localhost') return loopback
  const linkLocal = plain.startsWith('169.254.') || /^fe[89ab]/.test(plain)
  const unspecified = plain.startsWith('0.') || plain === '::'
  return !loopback && !linkLocal && !unspecified
}
