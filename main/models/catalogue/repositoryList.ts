// Asks the hub, or a mirror, which files a repository has.
import { z } from 'zod'
import { fail, ok, type Result } from '#contract/result.ts'
import type { EgressGate } from '../../egress/egressGate.ts'
import { listAddressOf } from '../logic/modelSource.ts'
import type { ListedFile } from '../logic/repositoryFiles.ts'
import { fetchText } from './publicText.ts'

const limitBytes = 8 * 1024 * 1024

/** What the hub answers (its interface description, "List contents of a repository"); what else it says is not looked at. */
const listed = z.array(
  z.object({
    type: z.string(),
    path: z.string(),
    size: z.number().int().nonnegative(),
    lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/) }).optional(),
  }),
)

/**
 * The files of a repository; of very many the first thousand, which is one answer of the hub. Failures:
 * `download-failed` (`not-a-list` when it is none), the way out's.
 */
export async function listRepository(
  gate: Pick<EgressGate, 'fetchPublic'>,
  { base, repository }: { readonly base: string; readonly repository: string },
  signal: AbortSignal,
): Promise<Result<readonly ListedFile[]>> {
  const order = { name: repository, address: listAddressOf(base, repository), limitBytes }
  const text = await fetchText(gate, order, signal)
  if (!text.ok) return text
  const parsed = listed.safeParse(jsonOf(text.value))
  if (!parsed.success) return fail('download-failed', { name: repository, reason: 'not-a-list' })
  return ok(
    parsed.data
      .filter(({ type }) => type === 'file')
      .map(({ path, size, lfs }) => ({ path, bytes: size, sha256: lfs?.oid ?? null })),
  )
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return null
  }
}
