// Reads a replacement of the catalogue: signature first, then its form, its end and its version.
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import type { FailureDetails } from '#contract/failures.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { catalogueReplacement, type CatalogueReplacement } from './catalogue.ts'
import { isReplayed, type SignedVersion } from '../logic/replay.ts'
import { isSignedBy } from './signature.ts'

/** Bytes of a catalogue and of its signature as they came. */
export type SignedBytes = { readonly content: Uint8Array; readonly signature: Uint8Array }

/** A replacement that holds. `sha256` is of its bytes. */
export type AcceptedCatalogue = CatalogueReplacement & { readonly sha256: string }

/** What a replacement must satisfy. `newest` is the newest accepted before, of whatever content. */
export type CatalogueTerms = {
  readonly signingKey: string | undefined
  readonly now: Date
  readonly builtInVersion: number
  readonly newest: SignedVersion | null
}

/** Bytes a catalogue may have. */
export const catalogueLimitBytes = 4 * 1024 * 1024
/** Bytes a signature may have: 64, or these in base64 with a line end. */
export const signatureLimitBytes = 1024

/** Accepts or refuses with `catalogue-refused`; nothing of the content is looked at before its signature holds. */
export function acceptCatalogue(signed: SignedBytes, terms: CatalogueTerms): Result<AcceptedCatalogue> {
  if (terms.signingKey === undefined) return refused('key')
  if (signed.content.length > catalogueLimitBytes) return refused('too-large')
  if (!isSignedBy(signed.content, signed.signature, terms.signingKey)) return refused('signature')
  const parsed = catalogueReplacement.safeParse(jsonOf(signed.content))
  if (!parsed.success) return refused('format')
  const { expires, version } = parsed.data
  if (Date.parse(expires) <= terms.now.getTime()) return refused('expired')
  const sha256 = createHash('sha256').update(signed.content).digest('hex')
  if (isReplayed({ version, sha256 }, terms.newest) || version < terms.builtInVersion) return refused('older')
  return ok({ ...parsed.data, sha256 })
}

/** A catalogue's file and the signature beside it. Fails with `catalogue-refused`: `unreadable`, `too-large`, `signature`. */
export async function readSignedFile(file: string): Promise<Result<SignedBytes>> {
  const content = await readLimited(file, catalogueLimitBytes)
  if (!content.ok) return content
  const signature = await readLimited(`${file}.sig`, signatureLimitBytes)
  if (!signature.ok) return refused('signature')
  return ok({ content: content.value, signature: signature.value })
}

async function readLimited(file: string, limitBytes: number): Promise<Result<Uint8Array>> {
  try {
    const status = await stat(file)
    if (!status.isFile()) return refused('unreadable')
    return status.size > limitBytes ? refused('too-large') : ok(await readFile(file))
  } catch {
    return refused('unreadable')
  }
}

function jsonOf(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    return null
  }
}

function refused(reason: FailureDetails['catalogue-refused']['reason']): Result<never> {
  return fail('catalogue-refused', { reason })
}
