// Canary: this file must be refused.
/** The environment. */
export function proxy(): string | undefined {
  return process.env['HTTPS_PROXY']
}
// canary: lint no-restricted-globals process
