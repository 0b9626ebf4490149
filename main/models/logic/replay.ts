// Whether something signed takes the place of something newer: a signature never ends, so an old file stays signed.

/** What orders signed files of one source, and the SHA-256 of their bytes. */
export type SignedVersion = { readonly version: number; readonly sha256: string }

/**
 * Whether a file is older than the newest accepted before, or claims its place with another content. Whoever can play
 * back an old file could bring back a model that was taken out.
 */
export function isReplayed({ version, sha256 }: SignedVersion, newest: SignedVersion | null): boolean {
  return newest !== null && (version < newest.version || (version === newest.version && sha256 !== newest.sha256))
}
