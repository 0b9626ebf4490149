// Comparisons: two documents passage by passage, what changed in substance and what only in wording, with places on both sides.
import { z } from 'zod'
import { call, stream } from './define.ts'
import { coverage, documentFormat, locator } from './document.ts'

const count = z.number().int().nonnegative()

/**
 * What happened to a passage. `substance`: something that a reader could be held to is different; `wording`: it says the
 * same in other words; `moved`: it says the same elsewhere. A passage that moved and changed is what it changed to.
 */
export const changeKind = z.enum(['added', 'removed', 'substance', 'wording', 'moved'])
export type ChangeKind = z.infer<typeof changeKind>

/**
 * Why a change is one of substance. `scope`: how far it reaches (and, or, all, only, within). `content`: other words that
 * carry meaning were added, taken out or replaced.
 */
export const changeReason = z.enum(['number', 'date', 'name', 'term', 'negation', 'modal', 'scope', 'content'])
export type ChangeReason = z.infer<typeof changeReason>

/**
 * A passage on one side: its text, where it stands, and the words that differ from the other side as character ranges of
 * the text (end exclusive). `number` is the clause number it carries or stands under, null where there is none; `path`
 * holds the headings it stands under, outermost first.
 */
export const changeSide = z.strictObject({
  text: z.string(),
  locators: z.array(locator),
  marks: z.array(z.strictObject({ start: count, end: count })),
  number: z.string().nullable(),
  path: z.array(z.string()),
})
export type ChangeSide = z.infer<typeof changeSide>

/** One change; `before` is null for what was added, `after` for what was removed. `position` counts from 0 in reading order. */
export const change = z.strictObject({
  position: count,
  kind: changeKind,
  reasons: z.array(changeReason),
  moved: z.boolean(),
  before: changeSide.nullable(),
  after: changeSide.nullable(),
})
export type Change = z.infer<typeof change>

/** One of the two documents, as it was when it was compared. */
export const comparedDocument = z.strictObject({
  documentId: z.string(),
  name: z.string(),
  title: z.string().nullable(),
  sha256: z.string(),
  format: documentFormat,
  coverage,
  characters: count,
  passages: count,
  /** True when a newer version of this file has come in since, or its text was read again. */
  outdated: z.boolean(),
})
export type ComparedDocument = z.infer<typeof comparedDocument>

/** Changes by kind, and the passages that are the same. */
export const changeCounts = z.strictObject({
  added: count,
  removed: count,
  substance: count,
  wording: count,
  moved: count,
  same: count,
})
export type ChangeCounts = z.infer<typeof changeCounts>

/**
 * A comparison without its changes. `identical`: both texts are the same, passage by passage. `sameFile`: even the bytes
 * are. `method` names how it was made, with its version; no model takes part.
 */
export const comparison = z.strictObject({
  id: z.string(),
  before: comparedDocument,
  after: comparedDocument,
  identical: z.boolean(),
  sameFile: z.boolean(),
  counts: changeCounts,
  /** Clause numbers that differ although the clause is the same: not substance, and told once. */
  renumbered: count,
  method: z.strictObject({ id: z.string(), version: z.string() }),
  createdAt: z.iso.datetime(),
})
export type Comparison = z.infer<typeof comparison>

/**
 * Items of `comparisons.compare`. Progress is `done` of `total` passages; 0 of 0 where that is not known, which is all of
 * `reading` and the short passes of `aligning`. Within a stage no count goes back.
 */
export const comparisonItem = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    stage: z.enum(['reading', 'aligning', 'judging']),
    done: count,
    total: count,
  }),
  z.strictObject({ type: z.literal('comparison'), comparison }),
  z.strictObject({ type: z.literal('finished'), reason: z.enum(['complete', 'stopped']) }),
])
export type ComparisonItem = z.infer<typeof comparisonItem>

/** Methods about comparisons. */
export const comparisonContract = {
  /**
   * Compares two known documents and keeps the result in place of an earlier one of the same two. Answers the one that is
   * kept when neither document nor method changed, unless `fresh`. Failures: `not-found`, `comparison-same-document`,
   * `document-without-text`, the storage's.
   */
  'comparisons.compare': stream(
    z.strictObject({ beforeId: z.string(), afterId: z.string(), fresh: z.boolean().default(false) }),
    comparisonItem,
  ),
  /** Comparisons a document takes part in, or all; newest first. */
  'comparisons.list': call(z.strictObject({ documentId: z.string().optional() }), z.array(comparison)),
  'comparisons.get': call(z.strictObject({ comparisonId: z.string() }), comparison),
  /** A window of changes in reading order; `from` counts from 0 among those of the kinds asked for (default all). */
  'comparisons.changes': call(
    z.strictObject({
      comparisonId: z.string(),
      from: count,
      count: z.number().int().min(1).max(500),
      kinds: z.array(changeKind).optional(),
    }),
    z.array(change),
  ),
  'comparisons.remove': call(z.strictObject({ comparisonId: z.string() }), z.strictObject({})),
} as const
