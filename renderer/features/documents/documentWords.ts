// What a document is called and how long it is, in words.
import type { DocumentRecord } from '#contract/document.ts'
import { formatCount } from '../../ui/format.ts'
import type { Language, Translate } from '../../ui/text.ts'

/** Its title, or its file's name. */
export function nameOf(document: DocumentRecord): string {
  return document.title ?? document.name
}

/** "6 pages", "1,204 lines". */
export function lengthOf({ coverage }: DocumentRecord, translate: Translate, language: Language): string {
  const { unit, total } = coverage
  return translate(`documents.list.${unit}s`, { count: total, amount: formatCount(total, language) })
}
