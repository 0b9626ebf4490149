// A pack's manifest and files: read and compared, nothing believed that is not in the files themselves.
import { createHash } from 'node:crypto'
import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { FailureDetails } from '#contract/failures.ts'
import { packedModel, type PackedModel, type PackReport } from '#contract/modelSupply.ts'
import { fail, ok, type Result } from '#contract/result.ts'
import { checkFile, type CheckedFile } from '../ggufFile.ts'
import { fileNameOf } from '../logic/modelSource.ts'
import type { SignedVersion } from '../logic/replay.ts'
import { isSignedBy } from '../catalogue/signature.ts'

/** The manifest's name in a pack's folder; its signature is called the same with `.sig` at the end. */
export const manifestName = 'manifest.json'

const manifest = z.strictObject({
  format: z.literal('sotto-model-pack'),
  version: z.literal(1),
  created: z.iso.datetime({ offset: true }),
  appVersion: z.string().max(100),
  models: z.array(packedModel).min(1).max(100),
})
export type PackManifest = z.infer<typeof manifest>

/** A pack whose files are what its manifest says. */
export type VerifiedPack = {
  readonly report: PackReport
  readonly version: SignedVersion
  readonly models: readonly { readonly packed: PackedModel; readonly file: string; readonly checked: CheckedFile }[]
}

/**
 * What a pack must satisfy: the key its manifest must be signed with, none where it need not be; and what `welcome` says
 * of a signed one before its files are read. `version` is when it was made, in milliseconds since 1970.
 */
export type PackTerms = {
  readonly signingKey: string | undefined
  readonly welcome?: (manifest: SignedVersion & { readonly created: string }) => Promise<Result<unknown>>
}

type OnProgress = (readBytes: number, totalBytes: number) => void

const longestManifest = 1024 * 1024
const longestSignature = 1024

/**
 * Reads every file of a pack; null when stopped. With a key the manifest must carry its signature, without one a
 * signature cannot be judged and is not looked at. Failures: `pack-invalid`, `model-invalid`, those of files and of
 * `welcome`.
 */
export async function verifyPack(
  folder: string,
  { signingKey, welcome }: PackTerms,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Result<VerifiedPack | null>> {
  const read = await readManifest(folder, signingKey)
  if (!read.ok) return read
  const { models, created, appVersion, sha256 } = read.value
  const version = { version: Date.parse(created), sha256 }
  const signed = signingKey !== undefined
  const welcomed = signed ? await welcome?.({ ...version, created }) : undefined
  if (welcomed?.ok === false) return welcomed
  const totalBytes = models.reduce((sum, { bytes }) => sum + bytes, 0)
  const verified: VerifiedPack['models'][number][] = []
  let before = 0
  for (const packed of models) {
    const file = path.join(folder, packed.file)
    const named = await namedFile(file, packed)
    if (!named.ok) return named
    const checked = await checkFile(file, signal, (bytes) => onProgress(before + bytes, totalBytes))
    if (!checked.ok || checked.value === null) return checked.ok ? ok(null) : checked
    if (checked.value.sha256 !== packed.sha256) return invalid(packed.file, 'wrong-hash')
    before += packed.bytes
    verified.push({ packed, file, checked: checked.value })
  }
  return ok({ report: { created, appVersion, signed, models }, version, models: verified })
}

async function readManifest(
  folder: string,
  signingKey: string | undefined,
): Promise<Result<PackManifest & { readonly sha256: string }>> {
  const content = await readShort(path.join(folder, manifestName), longestManifest)
  if (content === null) return invalid(manifestName, 'manifest')
  if (signingKey !== undefined) {
    const signature = await readShort(path.join(folder, `${manifestName}.sig`), longestSignature)
    if (signature === null) return invalid(manifestName, 'not-signed')
    if (!isSignedBy(content, signature, signingKey)) return invalid(manifestName, 'signature')
  }
  const parsed = manifest.safeParse(jsonOf(content))
  const names = parsed.success ? parsed.data.models.map(({ file }) => file.toLowerCase()) : []
  const safe =
    parsed.success && parsed.data.models.every(({ file }) => !file.includes('/') && fileNameOf(file) === file)
  if (!parsed.success || !safe || new Set(names).size !== names.length) return invalid(manifestName, 'manifest')
  return ok({ ...parsed.data, sha256: createHash('sha256').update(content).digest('hex') })
}

/** A plain file of the right size; a link could lead to anything. */
async function namedFile(file: string, packed: PackedModel): Promise<Result<void>> {
  const status = await lstat(file).catch(() => null)
  if (status === null || !status.isFile()) return invalid(packed.file, 'file-missing')
  return status.size === packed.bytes ? ok(undefined) : invalid(packed.file, 'wrong-size')
}

async function readShort(file: string, limitBytes: number): Promise<Uint8Array | null> {
  const status = await lstat(file).catch(() => null)
  if (status === null || !status.isFile() || status.size > limitBytes) return null
  return readFile(file).catch(() => null)
}

function jsonOf(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    return null
  }
}

function invalid(name: string, reason: FailureDetails['pack-invalid']['reason']): Result<never> {
  return fail('pack-invalid', { name, reason })
}
