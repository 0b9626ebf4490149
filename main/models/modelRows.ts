// Linked models in the database: rows in, parsed values out.
import { z } from 'zod'
import { ok, type Result } from '#contract/result.ts'
import type { Storage } from '../storage/storage.ts'
import type { FileStamp } from './ggufFile.ts'
import type { HeaderFacts } from './logic/ggufHeader.ts'

/** The `header` column: the facts, the file's inode and change (older rows have none), and the engine's own wrapper that equals the file's template, if any. */
const storedHeader = z.object({
  facts: z.object({
    architecture: z.string(),
    name: z.string().nullable(),
    parameters: z.number(),
    contextLength: z.number(),
    blockCount: z.number(),
    embeddingLength: z.number(),
    keyValueHeads: z.number(),
    keyLength: z.number(),
    valueLength: z.number(),
    vocabularySize: z.number(),
    chatTemplate: z.string().nullable(),
    fileType: z.number().nullable(),
    headerBytes: z.number(),
  }),
  inode: z.string(),
  changed: z.string().nullable().default(null),
  wrapper: z.string().nullable(),
})

/** A model the person linked. `wrapperAllowed`: the file's own template may run. */
export type LinkedModel = {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly stamp: FileStamp
  readonly sha256: string
  readonly facts: HeaderFacts
  readonly wrapper: string | null
  readonly wrapperAllowed: boolean
  /** The catalogue entry it was downloaded as, where the catalogue knows no hash. */
  readonly catalogueId: string | null
  /** Whether Sotto made the file. */
  readonly ours: boolean
}

type Row = {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly modified_ms: number
  readonly sha256: string
  readonly header: string
  readonly wrapper_allowed: number
  readonly catalogue_id: string | null
  readonly ours: number
}

/** The table `models`. Failures are the storage's. */
export class ModelRows {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Oldest first. */
  async all(): Promise<Result<readonly LinkedModel[]>> {
    const rows = await this.#storage.all<Row>('SELECT * FROM models ORDER BY added_at, id')
    return rows.ok ? ok(rows.value.map(modelOf)) : rows
  }

  async insert(model: LinkedModel, addedAt: Date): Promise<Result<void>> {
    const { id, name, path, stamp, sha256, facts, wrapper, wrapperAllowed, catalogueId, ours } = model
    const header = JSON.stringify({ facts, inode: stamp.inode, changed: stamp.changed, wrapper })
    return nothing(
      await this.#storage.run(
        `INSERT INTO models (id, name, path, bytes, modified_ms, sha256, header, wrapper_allowed, added_at,
         catalogue_id, ours) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          id,
          name,
          path,
          stamp.bytes,
          Math.trunc(stamp.modifiedMs),
          sha256,
          header,
          wrapperAllowed ? 1 : 0,
          addedAt.toISOString(),
          catalogueId,
          ours ? 1 : 0,
        ],
      ),
    )
  }

  /** The same content at another path, or touched: only where, when and whose the file is change. */
  async relink(id: string, { path, stamp, ours }: Pick<LinkedModel, 'path' | 'stamp' | 'ours'>): Promise<Result<void>> {
    return nothing(
      await this.#storage.run(
        `UPDATE models SET path = ?, bytes = ?, modified_ms = ?,
         header = json_set(header, '$.inode', ?, '$.changed', ?), ours = ? WHERE id = ?`,
        [path, stamp.bytes, Math.trunc(stamp.modifiedMs), stamp.inode, stamp.changed, ours ? 1 : 0, id],
      ),
    )
  }

  async allowWrapper(id: string): Promise<Result<boolean>> {
    const written = await this.#storage.run('UPDATE models SET wrapper_allowed = 1 WHERE id = ?', [id])
    return written.ok ? ok(written.value.changes > 0) : written
  }

  async remove(id: string): Promise<Result<boolean>> {
    const written = await this.#storage.run('DELETE FROM models WHERE id = ?', [id])
    return written.ok ? ok(written.value.changes > 0) : written
  }
}

function modelOf(row: Row): LinkedModel {
  const { facts, inode, changed, wrapper } = storedHeader.parse(JSON.parse(row.header))
  return {
    id: row.id,
    name: row.name,
    path: row.path,
    stamp: { bytes: row.bytes, modifiedMs: row.modified_ms, inode, changed },
    sha256: row.sha256,
    facts,
    wrapper,
    wrapperAllowed: row.wrapper_allowed === 1,
    catalogueId: row.catalogue_id,
    ours: row.ours === 1,
  }
}

function nothing(result: Result<unknown>): Result<void> {
  return result.ok ? ok(undefined) : result
}
