// What a killed job left of its finished steps, looked at as the folder's next owner would.
import { createHash } from 'node:crypto'
import { createNodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { openDataFolder } from '../../main/storage/dataFolder.ts'

/** What is on disk of one finished step. `storedAt` changes if a step is ever computed again. */
export type Step = { readonly outputSha256: string; readonly storedAt: string }

/** Finished steps by key, and what the database's own check complains of. */
export type Look = { readonly steps: ReadonlyMap<string, Step>; readonly problems: readonly string[] }

/** True when a step is there as it was. */
export function isSameStep(found: Step | undefined, expected: Step): boolean {
  return found?.outputSha256 === expected.outputSha256 && found.storedAt === expected.storedAt
}

/** Opens the folder as its owner would after a power cut, so recovery itself is part of what is judged. */
export async function lookAtSteps(folder: string, variables: Readonly<Record<string, string>> = {}): Promise<Look> {
  const environment = { ...process.env, ...variables }
  const host = await createNodeHost({ kind: 'cli', dataFolder: folder, mode: 'own', environment })
  const opened = await openDataFolder(host, 'own')
  if (!opened.ok) {
    await host.close()
    return { steps: new Map(), problems: [`the folder does not open: ${opened.failure.code}`] }
  }
  try {
    const { storage } = opened.value
    const rows = await storage.all<{ key: string; output: string; stored_at: string }>(
      'SELECT key, output, stored_at FROM job_steps',
    )
    const checked = await storage.check()
    const steps = (rows.ok ? rows.value : []).map(({ key, output, stored_at }): [string, Step] => [
      key,
      { outputSha256: createHash('sha256').update(output).digest('hex'), storedAt: stored_at },
    ])
    return { steps: new Map(steps), problems: checked.ok ? checked.value : [checked.failure.code] }
  } finally {
    await opened.value.close()
    await host.close()
  }
}
