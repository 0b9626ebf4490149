// Whether bytes carry the organisation's signature: Ed25519, detached, over exactly these bytes (RFC 8032).
import { createPublicKey, verify } from 'node:crypto'

const signatureBytes = 64

/** Whether `signature` (64 bytes, or these in base64) is `key`'s over `bytes`; `key` is its 32 bytes in base64. */
export function isSignedBy(bytes: Uint8Array, signature: Uint8Array, key: string): boolean {
  const raw = rawSignature(signature)
  const x = Buffer.from(key, 'base64').toString('base64url')
  if (raw === null) return false
  try {
    return verify(null, bytes, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), raw)
  } catch {
    // Not every 32 bytes are a key.
    return false
  }
}

function rawSignature(signature: Uint8Array): Uint8Array | null {
  if (signature.length === signatureBytes) return signature
  const text = Buffer.from(signature).toString('latin1').trim()
  return /^[A-Za-z0-9+/]{86}==$/.test(text) ? Buffer.from(text, 'base64') : null
}
