// A passage cut where its marks begin and end.
import type { ChangeSide } from '#contract/comparison.ts'

/** Pieces in order; joined they are the passage. */
export function markedPieces({
  text,
  marks,
}: Pick<ChangeSide, 'text' | 'marks'>): readonly { readonly text: string; readonly marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = []
  let at = 0
  for (const { start, end } of marks) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false })
    if (end > start) pieces.push({ text: text.slice(start, end), marked: true })
    at = Math.max(at, end)
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}
