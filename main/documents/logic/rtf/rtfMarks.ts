// The number or sign an RTF list item brings along as text, written as in every other format.
import { bulletAt } from '../listMarks.ts'

/** More is no mark. */
export const LONGEST_MARK = 60

/**
 * A mark as it stands before its text: a number or letter as the program wrote it, a sign by how deep the item stands.
 * `depth` null stands for a heading, which carries numbers only.
 */
export function labelOf(mark: string, depth: number | null): string {
  const label = mark.replace(/\s+/g, ' ').trim()
  // Word's second sign is the letter o in a typewriter's font.
  if (/[\p{L}\p{N}]/u.test(label) && label !== 'o') return label
  return depth === null ? '' : bulletAt(depth)
}
