// The numbered messages between the storage client and its worker; both ends parse what they get.
import { z } from 'zod'
import type { SqlValue } from './storage.ts'

/** A value SQLite can hold. NaN is none (SQLite would store NULL in its place). */
const sqlValue = z.custom<SqlValue>(isSqlValue, 'not a value SQLite can hold')
const parameters = z.array(sqlValue)
const statement = z.strictObject({ sql: z.string(), parameters })

/** One step of the schema. `shrinks` names tables that may lose rows, or go, on purpose. */
export const migrationShape = z.strictObject({
  id: z.string(),
  sql: z.string(),
  shrinks: z.array(z.string()).readonly().optional(),
})
/** A migration as the runner takes it. */
export type Migration = Readonly<z.infer<typeof migrationShape>>

/** `own`: the one process that writes. `beside`: reads, while another may write. */
export const folderMode = z.enum(['own', 'beside'])
export type FolderMode = z.infer<typeof folderMode>

/** Which database to open. The key is 32 raw bytes. `behind` of the reply asks the caller to migrate as owner first. */
export const databaseLocation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('memory') }),
  z.strictObject({
    kind: z.literal('file'),
    folder: z.string(),
    mode: folderMode,
    key: z.custom<Uint8Array>((key) => key instanceof Uint8Array && key.length === 32),
  }),
])
export type DatabaseLocation = z.infer<typeof databaseLocation>

/** What the worker is asked to do; `now` is ISO 8601 UTC. */
export const storageAction = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enter'), folder: z.string(), mode: folderMode }),
  z.strictObject({ type: z.literal('keep-keys'), text: z.string() }),
  z.strictObject({
    type: z.literal('open'),
    location: databaseLocation,
    migrations: z.array(migrationShape).readonly(),
    now: z.string(),
  }),
  z.strictObject({ type: z.enum(['all', 'get', 'run']), ...statement.shape }),
  z.strictObject({ type: z.literal('transaction'), statements: z.array(statement) }),
  z.strictObject({ type: z.literal('check') }),
  z.strictObject({ type: z.literal('close') }),
])
export type StorageAction = z.infer<typeof storageAction>

/** One numbered request; exactly one reply carries the same `id`. The action is parsed by itself, to answer with the id. */
export const storageRequest = z.strictObject({ id: z.number().int().nonnegative(), action: z.unknown() })

/**
 * A folder entered. `state` is `absent` when there is no folder (mode `beside` makes none). `keys` is the text of
 * `keys.json`, null without one; `data` says whether anything encrypted is already there.
 */
export const entrance = z.strictObject({
  state: z.enum(['ready', 'absent']),
  keys: z.string().nullable(),
  data: z.boolean(),
})
export type Entrance = z.infer<typeof entrance>

/** How the database was found. `absent`: nothing there yet, an empty one in memory stands in (mode `beside` only). */
export const openReport = z.strictObject({
  state: z.enum(['open', 'absent', 'behind']),
  applied: z.number().int().nonnegative(),
  checked: z.boolean(),
})
export type OpenReport = z.infer<typeof openReport>

/** What a write did. */
export const written = z.strictObject({ changes: z.number(), lastId: z.number() })

/** Rows keyed by column. */
export const row = z.record(z.string(), sqlValue)

/** Failures a reply may carry. */
const failure = z.strictObject({
  code: z.enum(['data-in-use', 'data-read-only', 'data-newer', 'data-corrupt', 'data-unreachable', 'disk-full']),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
})

/** A reply: a value, a coded failure, or `bug` (the promise rejects). */
export const storageReply = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('value'), id: z.number(), value: z.unknown() }),
  z.strictObject({ type: z.literal('failure'), id: z.number(), failure }),
  z.strictObject({ type: z.literal('bug'), id: z.number(), code: z.string(), message: z.string() }),
])
export type StorageReply = z.infer<typeof storageReply>

function isSqlValue(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isNaN(value)
  return typeof value === 'string' || typeof value === 'bigint' || value === null || value instanceof Uint8Array
}
