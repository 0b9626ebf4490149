// What a summary kept of the facts of its text, and what it made up. Counts strings; it does not judge style or sense.

/** A summary beside the text it is of; each fact lists its spellings. */
export type Summarized = {
  readonly text: string
  readonly facts: readonly (readonly string[])[]
  readonly summary: string
  /** It ended by itself, not at its limit. */
  readonly complete: boolean
}

/** Counts over some summaries. */
export type Counted = {
  readonly texts: number
  readonly facts: number
  readonly kept: number
  readonly invented: number
  readonly unusable: number
}

/** Adds up what summaries kept; numbers that stand nowhere in their text count as invented. */
export function countQuality(summaries: readonly Summarized[]): Counted {
  const all = { texts: summaries.length, facts: 0, kept: 0, invented: 0, unusable: 0 }
  for (const { text, facts, summary, complete } of summaries) {
    const said = plain(summary)
    all.facts += facts.length
    all.kept += facts.filter((spellings) => spellings.some((spelling) => contains(said, plain(spelling)))).length
    const known = new Set(numbersOf(text))
    all.invented += numbersOf(summary).filter((number) => !known.has(number)).length
    if (said === '' || !complete) all.unusable++
  }
  return all
}

/** A spelling counts where it is not part of a longer word or number: "38 euro" is not in "138 euro". */
function contains(said: string, spelling: string): boolean {
  for (let at = said.indexOf(spelling); at !== -1; at = said.indexOf(spelling, at + 1)) {
    if (!isWordCharacter(said[at - 1], spelling[0])) return true
  }
  return false
}

function isWordCharacter(before: string | undefined, first: string | undefined): boolean {
  return before !== undefined && first !== undefined && /[\p{L}\p{N}]/u.test(before) && /[\p{L}\p{N}]/u.test(first)
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
}

/** Numbers without their separators, so that 7,400 and 7 400 are one; a list's own numbering is none. */
function numbersOf(text: string): string[] {
  const withoutLists = text.replaceAll(/^\s*\d{1,2}[.)]\s/gm, '')
  const found = withoutLists.match(/\d+(?:[.,   ]\d{3})*(?:[.,]\d+)?/g) ?? []
  return found.map((number) => number.replaceAll(/[.,   ]/g, ''))
}
