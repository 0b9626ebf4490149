// The permission to send exactly one set of bytes to exactly one place. Types only; consent mints them.

/**
 * Minted in the main process when a person approves a draft, and used up by the first attempt. `digest` is the SHA-256
 * (lower-case hex) over method, address, headers without secrets and body, exactly as the draft showed them; the gate
 * computes it again where the bytes meet the socket. The bytes themselves are looked up by `id`, never passed along.
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
