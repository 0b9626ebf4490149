// Names a model says it saw in a text: only what stands there, letter for letter, is believed.

/** A name somebody but the rules found, and what it names. */
export type NamedTerm = { readonly text: string; readonly class: 'person' | 'organisation' }

/** More characters and words than a name has, so that a model that repeats whole sentences hides none. */
const longest = 80
const mostWords = 8

/** The names that occur in the text as they were given, each once; what a model made up or garbled is left out. */
export function believedTerms(text: string, named: readonly NamedTerm[]): readonly NamedTerm[] {
  const believed = new Map<string, NamedTerm>()
  for (const { text: given, class: kind } of named) {
    const name = given.trim()
    if (name.length < 2 || name.length > longest || name.includes('[') || name.includes('\n')) continue
    if (name.split(/\s+/).length > mostWords) continue
    // A name has a capital, unless its writing knows none.
    if (!/[\p{Lu}\p{Lt}\p{Lo}]/u.test(name) || !text.includes(name)) continue
    believed.set(`${kind} ${name}`, { text: name, class: kind })
  }
  return [...believed.values()]
}

/**
 * The text in pieces of at most `size` characters that end between words and begin again `overlap` characters earlier,
 * so that a name that is cut in one stands whole in the next.
 */
export function overlappingPieces(text: string, size: number, overlap: number): readonly string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length;) {
    const end = from + size >= text.length ? text.length : endOfWord(text, from + Math.ceil(size / 2), from + size)
    pieces.push(text.slice(from, end))
    if (end === text.length) break
    from = endOfWord(text, end - overlap, end)
  }
  return pieces
}

/** The last place between `least` and `most` behind a space, or `most` where there is none. */
function endOfWord(text: string, least: number, most: number): number {
  for (let at = most; at > least; at -= 1) if (/\s/.test(text[at - 1] ?? '')) return at
  return most
}
