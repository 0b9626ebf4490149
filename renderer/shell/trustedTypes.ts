// Trusted Types: nothing may turn text into markup; the one policy passes the empty string only.

type PolicyFactory = {
  createPolicy(name: string, rules: { createHTML(text: string): string }): unknown
}

/** Installs the default policy where the browser has Trusted Types. Call before anything renders. */
export function installTrustedTypes(): void {
  const factory = (window as { readonly trustedTypes?: PolicyFactory }).trustedTypes // as: not in TypeScript's DOM types
  factory?.createPolicy('default', {
    createHTML(text) {
      if (text === '') return ''
      throw new TypeError('text is never turned into markup here')
    },
  })
}
