// What a segment opens in its document: a page, a slide, a sheet, a chapter, a message; said above it in the source.
import type { Locator, Segment } from '#contract/document.ts'

/** Words under `documents.source`, with their values. */
export type OpenedUnit = { readonly key: string; readonly values: Readonly<Record<string, string | number>> }

type Of<K extends Locator['kind']> = Extract<Locator, { kind: K }>

/** Null inside a unit, and where the document has none or only one without a name. `single`: it has one unit in all. */
export function openedUnit(segment: Segment, before: Segment | undefined, single: boolean): OpenedUnit | null {
  const own = segment.locator
  switch (own.kind) {
    case 'page':
      return openedPage(own, before?.locator)
    case 'slide':
      return openedSlide(own, before?.locator)
    case 'cells': {
      const same = before?.locator.kind === 'cells' && before.locator.sheet === own.sheet
      return same || own.sheet === '' ? null : { key: 'opened.sheet', values: { sheet: own.sheet } }
    }
    case 'section': {
      const [section] = own.path
      const same = before?.locator.kind === 'section' && before.locator.path[0] === section
      // A heading says itself what it opens.
      if (same || section === undefined || segment.kind === 'heading') return null
      return { key: 'opened.section', values: { section } }
    }
    case 'message':
      return openedMessage(own, before?.locator, single)
    case 'lines':
      return null
  }
}

function openedPage({ page, label }: Of<'page'>, before: Locator | undefined): OpenedUnit | null {
  if (before?.kind === 'page' && before.page === page) return null
  return { key: 'page', values: { page: label ?? page } }
}

function openedSlide({ slide, part }: Of<'slide'>, before: Locator | undefined): OpenedUnit | null {
  if (before?.kind === 'slide' && before.slide === slide && before.part === part) return null
  return { key: part === 'notes' ? 'opened.notes' : 'opened.slide', values: { slide } }
}

function openedMessage(
  { index, part }: Of<'message'>,
  before: Locator | undefined,
  single: boolean,
): OpenedUnit | null {
  const known = before?.kind === 'message' ? before : undefined
  if (known?.index !== index) return single ? null : { key: 'opened.message', values: { message: index + 1 } }
  if (known.part === part) return null
  if (part.endsWith('attachments')) return { key: 'opened.attachments', values: {} }
  return part.endsWith('.headers') ? { key: 'opened.headers', values: {} } : null
}

/** What stands beside a segment: a range of cells, or the number of its first line; null for others. */
export function besideSegment({ locator }: Segment): string | null {
  if (locator.kind === 'cells') return locator.range
  return locator.kind === 'lines' ? String(locator.from) : null
}
