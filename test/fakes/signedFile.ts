// Signs bytes for tests the way an organisation does: Ed25519, detached.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A key pair; `publicKey` as a policy has it, 32 bytes in base64. */
export type SigningKeys = { readonly publicKey: string; readonly privateKey: KeyObject }

/** A new key pair. */
export function makeSigningKeys(): SigningKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  return { publicKey: Buffer.from(x ?? '', 'base64url').toString('base64'), privateKey }
}

/** The signature over exactly these bytes, 64 bytes. */
export function signatureOf(bytes: Uint8Array | string, { privateKey }: SigningKeys): Buffer {
  return sign(null, Buffer.from(bytes), privateKey)
}
