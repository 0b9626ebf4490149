// The window's own files for the hosts that serve them: one policy, one map from path to file, one list of types.
import { extname, join, normalize, sep } from 'node:path'

/** What differs between hosts: whom the page may connect to, and the nonce of styles that libraries insert at run time. */
export type PagePolicy = { readonly connect: "'none'" | "'self'"; readonly nonce: string }

/** The Content-Security-Policy of the window. */
export function pagePolicy({ connect, nonce }: PagePolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect}`,
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
export function pageHeaders(policy: PagePolicy): Readonly<Record<string, string>> {
  return {
    'content-security-policy': pagePolicy(policy),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
    'cache-control': 'no-store',
  }
}

/** The built page with its nonce filled in. */
export function withNonce(built: string, nonce: string): string {
  return built.replaceAll('__NONCE__', () => nonce)
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
