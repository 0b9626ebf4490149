// Canary: this file must be refused.
/** The environment. */
export function home(): string | undefined {
  return process.env['HOME']
}
// canary: lint no-restricted-globals process
