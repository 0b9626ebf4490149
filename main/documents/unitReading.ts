// One unit of a known document read again from its file: what stands there now, beside what was kept.
import type { Coverage, DocumentRecord, Segment } from '#contract/document.ts'
import { unitsAt } from '#contract/documentUnits.ts'
import { fail, ok, type Result, type Stream } from '#contract/result.ts'
import type { ReaderItem } from './readerClient.ts'

/** A document's text with one unit of it renewed, and how many characters that unit had and has. */
export type RenewedText = {
  readonly segments: readonly Segment[]
  readonly coverage: Coverage
  readonly charactersBefore: number
  readonly characters: number
  /** False when the unit's text is what it was. */
  readonly changed: boolean
}

/**
 * Takes from a reading the one unit and leaves the rest as it was kept; null when the reading was stopped. Failures: the
 * reading's, `document-changed` when the file's bytes are others, `invalid-input` for a unit the document has not.
 */
export async function renewUnit(
  document: DocumentRecord,
  kept: readonly Segment[],
  unit: number,
  reading: Stream<ReaderItem>,
): Promise<Result<RenewedText | null>> {
  if (unit > document.coverage.total) return fail('invalid-input', { issues: ['unit'] })
  const read: Segment[] = []
  try {
    for (;;) {
      const step = await reading.next()
      if (step.done === true) return step.value.ok ? ok(null) : step.value
      const item = step.value
      if (item.type === 'opened' && item.sha256 !== document.sha256) {
        return fail('document-changed', { name: document.name })
      }
      if (item.type === 'segments') read.push(...item.segments)
      if (item.type === 'finished') {
        return ok(item.reason === 'stopped' ? null : withUnit(document.coverage, kept, unit, read, item.coverage))
      }
    }
  } finally {
    await reading.return(ok(undefined))
  }
}

function withUnit(
  before: Coverage,
  kept: readonly Segment[],
  unit: number,
  read: readonly Segment[],
  now: Coverage,
): RenewedText {
  const old = kept.filter((segment) => stands(segment, before, unit))
  const fresh = read.filter((segment) => stands(segment, now, unit))
  const first = old[0]
  const place = first === undefined ? placeOf(kept, before, unit) : kept.indexOf(first)
  const segments = [...kept.slice(0, place), ...fresh, ...kept.slice(place).filter((segment) => !old.includes(segment))]
  const others = before.withoutText.filter((each) => each !== unit)
  const withoutText = fresh.length === 0 ? [...others, unit].sort((a, b) => a - b) : others
  return {
    segments,
    coverage: { ...before, withoutText },
    charactersBefore: charactersOf(old),
    characters: charactersOf(fresh),
    changed: JSON.stringify(old) !== JSON.stringify(fresh),
  }
}

/** Where the text of a unit that had none belongs: before the first piece of a later unit. */
function placeOf(kept: readonly Segment[], coverage: Coverage, unit: number): number {
  const later = kept.findIndex((segment) => (unitsAt(segment.locator, coverage)?.[0] ?? 0) > unit)
  return later < 0 ? kept.length : later
}

function stands(segment: Segment, coverage: Coverage, unit: number): boolean {
  const units = unitsAt(segment.locator, coverage)
  return units !== null && units[0] <= unit && unit <= units[1]
}

function charactersOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + segment.text.length, 0)
}
