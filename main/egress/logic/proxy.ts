// Which proxy stands between this computer and the network, read from the variables the host passes in.

/** Proxy addresses (empty: none) and the comma-separated names that bypass them. Loopback always bypasses. */
export type Proxy = { readonly http: string; readonly https: string; readonly bypass: string }

/**
 * Reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY (for what the first two leave out) and NO_PROXY; the lower-case spelling
 * wins, and an address without a scheme is http.
 */
export function proxyFrom(environment: Readonly<Record<string, string | undefined>>): Proxy {
  const rest = variable(environment, 'all_proxy')
  return {
    http: withScheme(variable(environment, 'http_proxy') || rest),
    https: withScheme(variable(environment, 'https_proxy') || rest),
    bypass: variable(environment, 'no_proxy'),
  }
}

function variable(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  return (environment[name] ?? environment[name.toUpperCase()] ?? '').trim()
}

function withScheme(address: string): string {
  return address === '' || address.includes('://') ? address : `http://${address}`
}
