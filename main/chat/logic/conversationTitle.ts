// Titles: the person's first words as a start, and what a model wrote made fit for a list.

const longest = 60

/** The first words of a message, at most 60 characters, cut between words; empty when there are none. */
export function titleFromFirstWords(text: string): string {
  const words = text.replace(/[\p{C}\s]+/gu, ' ').trim()
  return shorten(words)
}

/** A model's title as one plain line of at most 60 characters; null when nothing usable is left. */
export function titleFromModel(text: string): string | null {
  const line = text.split('\n').find((part) => /[\p{L}\p{N}]/u.test(part))
  if (line === undefined) return null
  const plain = line
    .replace(/[\p{C}\s]+/gu, ' ')
    .replace(/^[\s#>*_`-]*title\s*:/iu, '')
    .replace(/^[\s#>*_`"'“”„«»‚‘’-]+|[\s*_`"'“”„«»‚‘’.:;,-]+$/gu, '')
  return plain === '' ? null : shorten(plain)
}

function shorten(text: string): string {
  const characters = [...text]
  if (characters.length <= longest) return text
  const cut = characters.slice(0, longest - 1).join('')
  const space = cut.lastIndexOf(' ')
  return `${(space > longest / 3 ? cut.slice(0, space) : cut).replace(/[\s.,;:–-]+$/u, '')}…`
}
