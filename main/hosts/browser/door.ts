// The browser host's door: who may come in. One-time code, then a cookie; exact Host and Origin; closed by default.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Milliseconds a start code can be exchanged for the cookie. */
export const codeLifetimeMs = 60_000

/** Milliseconds a start code printed for a person to type or paste lives. */
export const printedCodeLifetimeMs = 10 * 60_000

function sameSecret(given: string, expected: string): boolean {
  // Hashing first makes lengths equal, so the comparison takes the same time whatever was given.
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

function cookieValues(header: string | undefined, name: string): readonly string[] {
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
}

/**
 * Secrets of one run, made at start and never stored. Codes work once; the cookie token works until the process ends.
 * With no secret presented every check answers false.
 */
export class Door {
  /** The port we listen on. */
  readonly port: number
  readonly #now: () => number
  readonly #token = randomBytes(32).toString('base64url')
  readonly #codes = new Map<string, number>()

  constructor(deps: { readonly port: number; readonly now: () => number }) {
    this.port = deps.port
    this.#now = deps.now
  }

  /** The only origin that is let in. */
  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Cookies ignore ports, so the name carries ours; two hosts on one machine do not overwrite each other. */
  get #cookieName(): string {
    return `sotto-${this.port}`
  }

  /** A fresh one-time code, valid for `lifetimeMs`. */
  issueCode(lifetimeMs: number): string {
    const code = randomBytes(32).toString('base64url')
    this.#codes.set(code, this.#now() + lifetimeMs)
    return code
  }

  /** Spends a code: answers the `Set-Cookie` value once, then never again for that code. */
  exchangeCode(given: string): string | null {
    for (const [code, expiresAt] of this.#codes) {
      if (expiresAt < this.#now()) this.#codes.delete(code)
      else if (sameSecret(given, code)) {
        this.#codes.delete(code)
        return `${this.#cookieName}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`
      }
    }
    return null
  }

  /** True when the request names exactly our address; anything else may be a rebinding attack. */
  hostMatches(host: string | undefined): boolean {
    return host === `127.0.0.1:${this.port}`
  }

  /** True when a page of ours asks. An absent Origin is not ours. */
  originMatches(origin: string | undefined): boolean {
    return origin === this.origin
  }

  /** True when the request carries our cookie exactly once. */
  cookieMatches(cookieHeader: string | undefined): boolean {
    const values = cookieValues(cookieHeader, this.#cookieName)
    return values.length === 1 && sameSecret(values[0] ?? '', this.#token)
  }
}
