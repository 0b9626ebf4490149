// What a document can be compared with.
import type { DocumentRecord } from '#contract/document.ts'

/** All other documents: those with the same name first, then those whose name begins alike, each newest first. */
export function otherDocuments(
  document: DocumentRecord,
  documents: readonly DocumentRecord[],
): readonly DocumentRecord[] {
  const kinship = ({ name }: DocumentRecord): number =>
    name === document.name ? 2 : stemOf(name) === stemOf(document.name) ? 1 : 0
  return documents
    .filter(({ id }) => id !== document.id)
    .sort((a, b) => kinship(b) - kinship(a) || b.addedAt.localeCompare(a.addedAt))
}

/** A name without its ending, version, numbers and date: `Lease v2 (3).pdf` as `lease`. */
function stemOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.[^.]{1,8}$/, '')
    .replace(/[\d._()–-]+/g, ' ')
    .replace(/(?:^|\s)(?:v|version|fassung|final|copy|kopie|draft|entwurf|new|neu|old|alt)(?=\s|$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
