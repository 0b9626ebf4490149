// The one undici dispatcher: every connection of the app is opened by what is built here.
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { NamedProxyPool } from './namedProxyPool.ts'
import type { Proxy } from './logic/proxy.ts'
import { mayAnswerFor } from './logic/resolvedAddress.ts'

/** Longest waits, in milliseconds: for a connection, for the head of an answer, and between two pieces of its body. */
export type Timeouts = { readonly connectMs: number; readonly headersMs: number; readonly silenceMs: number }

/** Resolves a host name to all its addresses, as `dns.lookup` does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** The `code` of the error a name fails with that resolves to an address it may not have. */
export const addressRefusedCode = 'ADDRESS_REFUSED'

/**
 * Builds the dispatcher: HTTP/1.1 only, the built-in and the operating system's certificates, loopback never proxied,
 * and nothing read from the process environment. Throws an error with a `code` when a proxy address does not parse or is
 * not http or https (SOCKS is not supported), so that nothing goes round a proxy. The caller destroys it.
 */
export function createDispatcher(proxy: Proxy, timeouts: Timeouts, resolve: Resolve = lookup): Dispatcher {
  for (const address of [proxy.http, proxy.https]) {
    if (address !== '' && !/^https?:$/.test(new URL(address).protocol)) throw coded('PROXY_UNSUPPORTED')
  }
  // Said outright, because a variable of the environment could otherwise switch the check of certificates off.
  const tls = { secureContext: trustedContext(), rejectUnauthorized: true, allowH2: false }
  return new EnvHttpProxyAgent({
    // Given even when empty, because undici reads the environment for whatever is left out.
    httpProxy: proxy.http,
    httpsProxy: proxy.https,
    noProxy: [proxy.bypass, 'localhost', '127.0.0.1', '::1'].join(','),
    allowH2: false,
    clientFactory: (origin, options) => new NamedProxyPool(origin, options),
    headersTimeout: timeouts.headersMs,
    bodyTimeout: timeouts.silenceMs,
    connectTimeout: timeouts.connectMs,
    connect: { timeout: timeouts.connectMs, lookup: guardedLookup(resolve), ...tls },
    requestTls: tls,
    proxyTls: tls,
  })
}

// Made once: parsing some hundreds of certificates takes tens of milliseconds.
function trustedContext(): SecureContext {
  return createSecureContext({ ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system')])] })
}

// Chooses among the very addresses it checked, so that a second look-up cannot answer differently.
function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? []
      if (error !== null || first === undefined) return callback(error ?? coded(addressRefusedCode), '', 0)
      if (!addresses.every(({ address }) => mayAnswerFor(hostname, address)))
        return callback(coded(addressRefusedCode), '', 0)
      if (options.all === true) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
}

function coded(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code })
}
