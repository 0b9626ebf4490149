// Messages between the app and a child that looks after one folder, or tells what stands at one path.
import { z } from 'zod'
import { ignoredEntries } from '#contract/library.ts'

const count = z.number().int().nonnegative()

/**
 * To the child: `watch` once; `more` for every `entries` dealt with; `scan` to look through the folder again. With
 * `isWatched` false the child ends its work after the first scan; `isPolled` keeps it from asking the system for changes.
 */
export const watchRequest = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('watch'),
    path: z.string(),
    limitBytes: count,
    aliveMilliseconds: z.number().int().positive(),
    rescanMilliseconds: z.number().int().positive(),
    isPolled: z.boolean(),
  }),
  z.strictObject({ type: z.literal('look'), path: z.string() }),
  z.strictObject({ type: z.literal('more') }),
  z.strictObject({ type: z.literal('scan') }),
])
export type WatchRequest = z.infer<typeof watchRequest>

/** A file as it stands; `identity` stays when it is renamed (device and number), `modifiedMs` is since 1970. */
export const foundFile = z.strictObject({
  path: z.string(),
  identity: z.string(),
  bytes: count,
  modifiedMs: z.number().int(),
})
export type FoundFile = z.infer<typeof foundFile>

/**
 * From the child. `looked` answers `look`. A scan is any number of `entries` and one `scanned`; `watching` says how
 * changes are noticed from then on, which come as `entries` and `gone` (a file, or a folder with all below). `alive`
 * follows a look at the folder that came back; `failed` is the last message: the folder itself cannot be read.
 */
export const watchMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('looked'),
    kind: z.enum(['file', 'folder', 'other', 'missing', 'unreadable']),
    /** Why it is `unreadable`, as the system's code. */
    reason: z.string(),
    file: foundFile.nullable(),
    /** The path without links; the library knows it by this one. */
    path: z.string(),
  }),
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({ type: z.literal('scanning') }),
  z.strictObject({ type: z.literal('entries'), files: z.array(foundFile) }),
  z.strictObject({ type: z.literal('gone'), path: z.string() }),
  z.strictObject({
    type: z.literal('scanned'),
    ignored: z.array(ignoredEntries),
    /** Folders that could not be opened: what is below them is unknown, not gone. */
    closed: z.array(z.string()),
  }),
  z.strictObject({ type: z.literal('watching'), how: z.enum(['watched', 'rescanned']) }),
  z.strictObject({ type: z.literal('failed'), reason: z.string() }),
])
export type WatchMessage = z.infer<typeof watchMessage>
