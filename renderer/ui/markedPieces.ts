// A text cut where its marks begin and end.

/** Character offsets in a text, end exclusive. */
export type TextMark = { readonly start: number; readonly end: number }

/** Pieces in order; joined they are the text. Marks come in order; what two of them cover is said once. */
export function markedPieces(
  text: string,
  marks: readonly TextMark[],
): readonly { readonly text: string; readonly marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = []
  let at = 0
  for (const { start, end } of marks) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false })
    const from = Math.max(at, start)
    if (end > from) pieces.push({ text: text.slice(from, end), marked: true })
    at = Math.max(at, end)
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}
