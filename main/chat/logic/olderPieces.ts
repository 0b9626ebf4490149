// Cuts the older part of a conversation into pieces a model can summarize one after the other.

/**
 * Cuts texts into pieces of at most `limitCharacters`, in order and without loss: texts stay whole where they can and
 * are joined by blank lines; a longer one is cut at a blank (or, with none, in mid-word).
 */
export function olderPieces(texts: readonly string[], limitCharacters: number): readonly string[] {
  const pieces: string[] = []
  let piece = ''
  for (const part of texts.flatMap((text) => cut(text, limitCharacters))) {
    const joined = piece === '' ? part : `${piece}\n\n${part}`
    if (joined.length > limitCharacters) {
      pieces.push(piece)
      piece = part
    } else piece = joined
  }
  return piece === '' ? pieces : [...pieces, piece]
}

function cut(text: string, limitCharacters: number): readonly string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > limitCharacters) {
    const blank = rest.lastIndexOf(' ', limitCharacters)
    const at = blank > limitCharacters / 2 ? blank : limitCharacters
    parts.push(rest.slice(0, at).trim())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' ? parts : [...parts, rest]
}
