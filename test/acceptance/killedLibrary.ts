// Reads a folder into the library by the command line, killed again and again, and looks at what is kept.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createNodeHost } from '../../main/hosts/node/createNodeHost.ts'
import { openDataFolder } from '../../main/storage/dataFolder.ts'
import { startSotto } from './runSotto.ts'
import { seededRandom } from './seededRandom.ts'

/** `ready` documents with text after each kill and at the end; `problems` of the database or of what is in it. */
export type KilledLibrary = {
  readonly ready: readonly number[]
  readonly keptIds: boolean
  readonly problems: readonly string[]
  readonly lastCode: number | null
}

type Look = { readonly ids: readonly string[]; readonly problems: readonly string[] }

/** So many files, killed so many times at seeded moments, then left to finish. */
export async function readLibraryKilled(files: number, kills: number, seed: number): Promise<KilledLibrary> {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'sotto-killed-library-')))
  const [papers, data] = [join(home, 'papers'), join(home, 'data')]
  const random = seededRandom(seed)
  mkdirSync(papers)
  for (let number = 0; number < files; number += 1) {
    const paragraphs = Array.from(
      { length: 40 },
      (_, place) => `Paper${number} paragraph${place} speaks of word${number}.`,
    )
    writeFileSync(join(papers, `${number}.txt`), paragraphs.join('\n\n'))
  }
  const environment = { SOTTO_KEYSTORE: 'file' }
  const args = ['library', 'add', papers, '--data', data, '--json']
  try {
    const ready: number[] = []
    const problems: string[] = []
    let before: readonly string[] = []
    let keptIds = true
    for (let kill = 0; kill < kills; kill += 1) {
      const running = startSotto(args, { env: environment })
      await Promise.race([running.done, wait(800 + random() * 3_000)])
      running.kill()
      await running.done
      const after = await look(data, problems)
      keptIds &&= before.every((id) => after.ids.includes(id))
      before = after.ids
      ready.push(after.ids.length)
    }
    const last = await startSotto(args, { env: environment }).done
    const after = await look(data, problems)
    keptIds &&= before.every((id) => after.ids.includes(id))
    ready.push(after.ids.length)
    return { ready, keptIds, problems, lastCode: last.code }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Opens the folder as its next owner would; every text must be whole and in the index. */
async function look(data: string, problems: string[]): Promise<Look> {
  const environment = { SOTTO_KEYSTORE: 'file' }
  const host = await createNodeHost({ kind: 'cli', dataFolder: data, mode: 'own', environment })
  const opened = await openDataFolder({ ...host, keyring: undefined }, 'own')
  if (!opened.ok) throw new Error(opened.failure.code)
  try {
    const { storage } = opened.value
    const sound = await storage.check()
    if (sound.ok) problems.push(...sound.value)
    const torn = await storage.all<{ id: string }>(
      `SELECT id FROM documents WHERE segments >= 0
         AND (segments <> 40 OR segments <> (SELECT count(*) FROM segments WHERE document_id = documents.id))`,
    )
    if (torn.ok) problems.push(...torn.value.map(({ id }) => `torn document ${id}`))
    // The index against the texts it was made from: an entry too few or too many is an error here.
    await storage.run(`INSERT INTO segment_index (segment_index, rank) VALUES ('integrity-check', 1)`)
    const whole = await storage.all<{ id: string }>('SELECT id FROM documents WHERE segments >= 0')
    return { ids: whole.ok ? whole.value.map(({ id }) => id) : [], problems }
  } finally {
    await opened.value.close()
    await host.close()
  }
}
