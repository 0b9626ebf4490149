// Reads the machine's policy file; whatever is wrong with it closes the way out and stays visible.
import { createHash } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { type FileHandle, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type FileFacts, fileTrustIssues, folderTrustIssues, policyLimitBytes } from './logic/trust.ts'
import { rulesOf } from './logic/rules.ts'
import type { PolicyResolution } from './policyResolution.ts'
import { failSafePolicy, noPolicy, policySchema } from './schema.ts'

/** Who must own the file and its folder; root (0) unless a test says otherwise. */
export type PolicyTrust = { readonly ownerUid: number }

/**
 * Reads the policy at `path` (null: this platform has none). Never fails: no file is `none`; a file that is a link, not
 * root's, writable by others, larger than 1 MiB, not UTF-8 JSON or not the schema's is `invalid`, and then the values
 * keep everything on this computer.
 */
export async function readPolicy(path: string | null, trust: PolicyTrust = { ownerUid: 0 }): Promise<PolicyResolution> {
  if (path === null) return { state: 'none', source: null, sha256: null, issues: [], values: noPolicy }
  const folderIssues = await checkFolder(dirname(path), trust.ownerUid)
  if (folderIssues.length > 0) return invalid(path, null, folderIssues)
  let file: FileHandle
  try {
    // Without following a link, and without waiting for the other end of a pipe.
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT') return { state: 'none', source: null, sha256: null, issues: [], values: noPolicy }
    return invalid(path, null, [code === 'ELOOP' ? 'file-not-regular' : 'file-unreadable'])
  }
  // Closed in the `finally` below.
  try {
    const issues = fileTrustIssues(factsOf(await file.stat()), trust.ownerUid)
    return issues.length > 0 ? invalid(path, null, issues) : parsePolicy(path, await readAll(file))
  } catch {
    return invalid(path, null, ['file-unreadable'])
  } finally {
    await file.close()
  }
}

function parsePolicy(path: string, bytes: Uint8Array): PolicyResolution {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (bytes.length > policyLimitBytes) return invalid(path, sha256, ['file-too-large'])
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return invalid(path, sha256, ['not-json'])
  }
  const parsed = policySchema.safeParse(value)
  if (parsed.success) {
    const rules = [...rulesOf(parsed.data, noPolicy)]
    return { state: 'active', source: path, sha256, issues: [], rules, values: parsed.data }
  }
  const issues = parsed.error.issues.flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null]
    return keys.map((key) => `${[...issue.path, ...(key === null ? [] : [key])].join('.')}: ${issue.code}`)
  })
  return invalid(path, sha256, issues)
}

async function checkFolder(folder: string, ownerUid: number): Promise<readonly string[]> {
  try {
    return folderTrustIssues(factsOf(await stat(folder)), ownerUid)
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? [] : ['folder-unreadable']
  }
}

// One byte more than allowed at most: the file may have grown since its size was asked for.
async function readAll(file: FileHandle): Promise<Uint8Array> {
  const buffer = new Uint8Array(policyLimitBytes + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.subarray(0, length)
}

function factsOf(stats: Stats): FileFacts {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other'
  return { kind, uid: stats.uid, mode: stats.mode, bytes: stats.size }
}

function invalid(path: string, sha256: string | null, issues: readonly string[]): PolicyResolution {
  return { state: 'invalid', source: path, sha256, issues: [...issues], values: failSafePolicy }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
}
