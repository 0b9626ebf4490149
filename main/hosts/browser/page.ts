// The window's own files over HTTP: a pure map from path to file, a fixed list of types, one set of headers.
import { extname, join, normalize, sep } from 'node:path'

/**
 * The Content-Security-Policy of this host. `connect-src 'self'` is the one loopback WebSocket; styles that libraries
 * insert at run time carry the nonce.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** Headers of every response, refusals included. */
export function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
    'cache-control': 'no-store',
  }
}

/** The built page as this host serves it: its nonce filled in, and the bridge ahead of the window's own script. */
export function pageHtml(built: string, nonce: string): string {
  const bridge = '<script type="module" src="/browser-preload.js"></script>'
  return built
    .replace('<script type="module"', () => `${bridge}\n    <script type="module"`)
    .replaceAll('__NONCE__', () => nonce)
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

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/**
 * Where a request path lies below `root`, and its type; null for anything that is not a plain name below it (dot
 * segments, encoded separators, NUL, unknown types).
 */
export function pageFile(root: string, path: string): { readonly file: string; readonly type: string } | null {
  const wanted = path === '/' ? '/index.html' : path
  if (!/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(wanted)) return null
  const file = normalize(join(root, wanted))
  const type = types[extname(file)]
  if (!file.startsWith(root + sep) || type === undefined) return null
  return { file, type }
}
