// Names of people, places and firms in a text, as far as capitals and their surroundings tell.
import { stopWords } from './stopWords.ts'
import { unitNamed } from './units.ts'
import { wordsOf } from './words.ts'

const capitalised = /(?<=[\p{L}\p{N},;:)"”’.–-]\s+["'“„(]?)\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}+)*/gu
const capitals = /(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])/gu
const token = /\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}+)*|\p{N}[\p{N}.,:]*|[^\s\p{L}\p{N}]/gu
/** Capitalised, and yet no name; dates are compared as dates. */
const titles: ReadonlySet<string> = new Set(
  'mr mrs ms dr prof sir dear herr herrn frau familie sehr monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember'.split(
    ' ',
  ),
)
const introduces = /^(?:herrn?|frau|familie|dr|prof)$/i
/** What stands before a common noun, also where an adjective comes between. */
const determiner =
  /^(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|kein|keine|keinen|keiner|ihr|ihre|ihrer|ihrem|ihren|ihres|sein|seine|seiner|seinem|seinen|seines|unser|unsere|unserer|am|im|zum|zur|vom|beim|ins|jede|jeder|jedes|jeden|jedem|diese|dieser|dieses|diesem|diesen|alle|aller|allen|viele|vielen|beide|beiden|mehrere|kleine|neue|neuen|neuer|neues)$/i

/** Capitalised words inside sentences, and words in capitals, as `wordsOf` writes them; for languages that write nouns small. */
export function namesOf(text: string): string[] {
  const plain = text.normalize('NFKC')
  const found = [...plain.matchAll(capitalised), ...plain.matchAll(capitals)]
  return comparable(found.map(([name]) => name))
}

/**
 * Names in German, where every noun has a capital: what follows a title, and capitalised words in a row (the first of
 * them only where no article or number stands before it).
 */
export function germanNamesOf(text: string): string[] {
  const tokens = [...text.normalize('NFKC').matchAll(token)].map(([each]) => each)
  const names: string[] = []
  tokens.forEach((each, at) => {
    if (!/^\p{Lu}\p{Ll}/u.test(each)) return
    const [before, after] = [tokens[at - 1] ?? '', tokens[at + 1] ?? '']
    const second = isNoun(before) && !introduces.test(before)
    const first = isNoun(after) && at > 0 && !determiner.test(before) && !/^\p{N}|^\p{Ll}+e[nrsm]?$/u.test(before)
    const opening = isNoun(after) && at === 0 && !determiner.test(each)
    if (introduces.test(before) || second || first || opening) names.push(each)
  })
  return comparable(names)
}

/** True for texts that write ordinary nouns with a capital (German): there a capital does not make a name. */
export function capitalisesNouns(texts: readonly string[]): boolean {
  let capital = 0
  let words = 0
  for (const text of texts.slice(0, 200)) {
    capital += text.match(capitalised)?.length ?? 0
    words += text.match(/\p{L}+/gu)?.length ?? 0
  }
  return words > 0 && capital / words > 0.2
}

/** True for articles and the like, which stand before common nouns. */
export function isDeterminer(word: string): boolean {
  return determiner.test(word) || /^(?:the|an?|each|every|this|that|our|your)$/i.test(word)
}

function isNoun(each: string): boolean {
  if (stopWords.has(each.toLowerCase())) return false
  return /^\p{Lu}\p{Ll}/u.test(each) && unitNamed(each.toLowerCase()) === null && !determiner.test(each)
}

function comparable(names: readonly string[]): string[] {
  const words = names.filter((name) => !titles.has(name.toLowerCase())).flatMap((name) => wordsOf(name))
  return [...new Set(words.filter((name) => !stopWords.has(name) && name.length > 1))]
}
