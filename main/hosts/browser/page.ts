// The window's page as the browser host serves it: its bridge ahead of the script, one socket allowed, a way in.
import { pageHeaders, withNonce } from '../node/windowPage.ts'

/** Headers of every response of this host, refusals included; `connect-src 'self'` is the one loopback WebSocket. */
export function browserHeaders(nonce: string): Readonly<Record<string, string>> {
  return pageHeaders({ connect: "'self'", nonce })
}

/** The built page as this host serves it: its nonce filled in, and the bridge ahead of the window's own script. */
export function pageHtml(built: string, nonce: string): string {
  const bridge = '<script type="module" src="/browser-preload.js"></script>'
  return withNonce(
    built.replace('<script type="module"', () => `${bridge}\n    <script type="module"`),
    nonce,
  )
}

/**
 * A page that leads on at once. A redirect would not do: the cookie is SameSite=Strict, and a chain of redirects that
 * began elsewhere (a file, a link in a mail) does not carry it.
 */
export function leadingPage(address: string): string {
  const quoted = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  // Without an icon of its own a browser would ask for one.
  const head = `<meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${quoted}"><link rel="icon" href="data:,">`
  return `<!doctype html>${head}<title>Sotto</title>`
}
