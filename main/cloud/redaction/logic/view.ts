// A text as the rules see it: what is hidden already is one neutral character, so that it reads the same before and after.

/** A stretch of text, `end` exclusive. */
export type Span = { readonly start: number; readonly end: number }

/** Stands for anything hidden; a character of private use, neither letter nor digit nor space. */
export const maskCharacter = '\uE000'

/** The masked text, and the way back from a place in it to the place in the whole text. */
export type View = { readonly text: string; toWhole(span: Span): Span }

/** The text with each span (in order, none overlapping) as one mask character. */
export function viewOf(text: string, spans: readonly Span[]): View {
  const pieces: string[] = []
  // Where pieces of plain text begin, in the view and in the whole.
  const inView: number[] = [0]
  const inWhole: number[] = [0]
  let read = 0
  let written = 0
  for (const { start, end } of spans) {
    pieces.push(text.slice(read, start), maskCharacter)
    written += start - read + maskCharacter.length
    read = end
    inView.push(written)
    inWhole.push(read)
  }
  pieces.push(text.slice(read))
  const whole = (place: number): number => {
    const piece = lastAtMost(inView, place)
    return (inWhole[piece] ?? 0) + place - (inView[piece] ?? 0)
  }
  return { text: pieces.join(''), toWhole: ({ start, end }) => ({ start: whole(start), end: whole(end - 1) + 1 }) }
}

function lastAtMost(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sorted[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}
