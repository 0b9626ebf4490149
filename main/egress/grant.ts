// The permission to send exactly one set of bytes to exactly one place, and the book that mints and claims it.
import { type ContentRequest, requestDigest } from './requestDigest.ts'

/**
 * Minted in the main process when a person approves a draft, or for a request an open envelope covers, and used up by
 * the first attempt. `digest` is that of the draft, exactly as it was shown; the gate computes it again where the bytes
 * meet the socket. The bytes are looked up by `id`, never passed along.
 */
export type Grant = {
  readonly id: string
  readonly digest: string
  /** Host with port unless it is the default; no other host is ever connected under this grant. */
  readonly host: string
  readonly model: string
  /** ISO 8601, UTC; two minutes after the approval. */
  readonly expiresAt: string
}

/** The header that carries the key: its name, what stands before the key, and where the key is read when it is needed. */
export type SecretHeader = {
  readonly name: string
  readonly prefix: string
  readonly read: () => Promise<string | null>
}

/** What a grant is minted for. `digest` is what the person approved; it is not computed from `request` here. */
export type GrantOrder = {
  readonly digest: string
  readonly host: string
  readonly model: string
  readonly request: ContentRequest
  readonly secret: SecretHeader | null
}

/** A claimed grant with its bytes; `isExpired` says whether its time is over meanwhile. */
export type LiveClaim = {
  readonly state: 'live'
  readonly grant: Grant
  readonly order: GrantOrder
  readonly isExpired: () => boolean
}

/** What claiming gives: the grant with its bytes, or why there is none to be had. */
export type Claim =
  | LiveClaim
  | { readonly state: 'expired'; readonly grant: Grant }
  | { readonly state: 'used'; readonly grant: Grant }
  | { readonly state: 'unknown' }

/** How long a grant lives, in milliseconds. */
export const grantMilliseconds = 120_000

/** Used and expired grants that are remembered, so that a second attempt is named for what it is. */
const remembered = 1000

type Entry = {
  readonly grant: Grant
  readonly mintedAt: number
  readonly ticks: number
  order: GrantOrder | null
}

/**
 * Mints and claims grants; in memory only, so none outlives the process. A grant is expired as soon as either clock
 * says so: the wall clock (which runs on while the computer sleeps) or the steady one (which nobody can set back). A
 * wall clock that was set back past the minting ends it too.
 */
export class GrantBook {
  readonly #now: () => Date
  readonly #steadyMilliseconds: () => number
  readonly #newId: () => string
  readonly #entries = new Map<string, Entry>()

  constructor(deps: {
    readonly now: () => Date
    readonly newId: () => string
    readonly steadyMilliseconds?: () => number
  }) {
    this.#now = deps.now
    this.#newId = deps.newId
    this.#steadyMilliseconds = deps.steadyMilliseconds ?? (() => performance.now())
  }

  /** A new grant for exactly one attempt. */
  mint(order: GrantOrder): Grant {
    const mintedAt = this.#now().getTime()
    const { digest, host, model } = order
    const expiresAt = new Date(mintedAt + grantMilliseconds).toISOString()
    const grant: Grant = { id: this.#newId(), digest, host, model, expiresAt }
    this.#entries.set(grant.id, { grant, mintedAt, ticks: this.#steadyMilliseconds(), order })
    for (const [id, entry] of this.#entries) {
      if (this.#entries.size <= remembered) break
      if (entry.order === null) this.#entries.delete(id)
    }
    return grant
  }

  /** Takes a grant with its bytes, once. */
  claim(grantId: string): Claim {
    const entry = this.#entries.get(grantId)
    if (entry === undefined) return { state: 'unknown' }
    const { grant, order } = entry
    entry.order = null
    if (order === null) return { state: 'used', grant }
    const isExpired = () => this.#expired(entry)
    return isExpired() ? { state: 'expired', grant } : { state: 'live', grant, order, isExpired }
  }

  /** Makes unused grants worthless; answers how many there were. */
  drop(grantIds: Iterable<string> = this.#entries.keys()): number {
    let dropped = 0
    for (const id of grantIds) {
      const entry = this.#entries.get(id)
      if (entry === undefined || entry.order === null) continue
      entry.order = null
      dropped += 1
    }
    return dropped
  }

  #expired({ mintedAt, ticks }: Entry): boolean {
    const elapsed = this.#now().getTime() - mintedAt
    const steady = this.#steadyMilliseconds() - ticks
    return elapsed >= grantMilliseconds || elapsed < 0 || steady >= grantMilliseconds
  }
}

/** True when a claimed order is still, byte for byte, what was approved. */
export function isAsApproved(grant: Grant, request: ContentRequest): boolean {
  return requestDigest(request) === grant.digest
}
