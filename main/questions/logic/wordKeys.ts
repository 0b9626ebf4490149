// When two words mean the same for a search: spelling, endings, derivation, compounds and a small table of synonyms.
import { plainForm } from './irregular.ts'
import { relatedTo } from './synonyms.ts'

/** The languages a question is understood in. */
export type QuestionLanguage = 'en' | 'de'

/** What a word of a question is; `act` for what is done. */
export type WordKind = 'name' | 'number' | 'thing' | 'act'

/** How well a word of a text answers a word of the question, 0 (not at all) to 1 (the same word). */
export type WordMatch = (word: string) => number

/** Strengths by kind of kinship; `piece` is a text's word that is only a piece of the one asked for. */
const strengths = { same: 1, related: 0.8, derived: 0.75, part: 0.75, piece: 0.5 } as const
/** A shorter piece of a compound says too little. */
const shortestPart = 4
/** What must be left of a compound beside the piece. */
const shortestRest = 3

/** Endings of regular verbs; `eased` ones stand after a sound that needs an e: `bietet`. */
const verbEndings = ['eten', 'ete', 'et', 'ten', 'te', 'st', 't', 'en']
/** In a question `halten` is not `halen` in the past. */
const askedEndings = verbEndings.filter((ending) => ending !== 'ten')
const eased = new Set(['eten', 'ete', 'et'])
const ofParticiples = new Set(['t', 'et', 'en'])

/** Nouns that are written like a participle without its ending. */
const nounsLikeForms = new Set(['gehalt', 'gefahr'])

const germanEnding = /(?:ern|em|en|er|es|e|n|s)$/
const derivations: Readonly<Record<QuestionLanguage, RegExp>> = {
  en: /(?:isation|ization|ations?|ements?|ments?|ances?|ences?|ings?|ions?|ness|ity|able|ably|ers?|ors?|ery|al|ly|ed|y|e|s)$/,
  de: /(?:ungen|ungs|ung|heit|keit|lich|isch|bar|ation|end|est|ten|tet|te|et|st|t|er|en|e|n|s)$/,
}

/** Compares with a key of a question in one language; only what is done has the forms of a verb. */
export function matcherOf(key: string, language: QuestionLanguage, kind: WordKind): WordMatch {
  if (/^\p{N}/u.test(key)) return (word) => (word === key ? strengths.same : 0)
  const stem = stemOf(key, language)
  const root = rootOf(stem, language)
  const related = new Set(relatedTo(stem).map((each) => stemOf(each, language)))
  const verbs = new Set(language === 'de' && kind === 'act' ? verbStems(key, askedEndings) : [])
  return (word) => {
    if (word === key) return strengths.same
    const other = stemOf(word, language)
    if (other === stem || undoubled(other) === undoubled(stem)) return strengths.same
    if (related.has(other)) return strengths.related
    if (root.length >= 4 && rootOf(other, language) === root) return strengths.derived
    if (verbs.size > 0 && verbStems(word, verbEndings).some((each) => verbs.has(each))) return strengths.derived
    if (isPart(stem, other) || [...related].some((each) => isHead(each, other))) return strengths.part
    return isPart(other, stem) ? strengths.piece : 0
  }
}

/** A word without the endings of its grammar. English ones are gone already. */
export function stemOf(word: string, language: QuestionLanguage): string {
  if (language === 'en') return plainForm(word, language)
  if (word.length < 5) return word
  const stem = word.replace(germanEnding, '')
  // `Gehalt` is a thing; `gehalten` is what is done.
  if (nounsLikeForms.has(stem) && !word.endsWith('en')) return stem
  return stem.length < 3 ? word : plainForm(stem, language)
}

/** `Tonne` and `Tonnen` are cut at different places. */
function undoubled(stem: string): string {
  return stem.replace(/([^aeiou])\1$/, '$1')
}

/** What a German word may be a form of, were it one of a regular verb: `fegt`, `fegen`, `fegten`, `gefegt`. */
function verbStems(word: string, endings: readonly string[]): string[] {
  return endings.flatMap((ending) => {
    const stem = word.slice(0, -ending.length)
    if (!word.endsWith(ending) || stem.length < 3) return []
    if (eased.has(ending) && !/[dtmn]$/.test(stem)) return []
    const bare = stem.startsWith('ge') && ofParticiples.has(ending) ? stem.slice(2) : ''
    return bare.length < 3 ? [stem] : [stem, bare]
  })
}

function rootOf(stem: string, language: QuestionLanguage): string {
  const root = stem.replace(derivations[language], '')
  return root.length < 4 ? stem : root
}

/** True for the piece of a compound: `frist` and `kundig` in `kundigungsfrist`. */
function isPart(piece: string, whole: string): boolean {
  if (piece.length < shortestPart || whole.length - piece.length < shortestRest) return false
  // A beginning must be longer: many words begin alike without being kin.
  return (
    whole.endsWith(piece) || (piece.length > shortestPart && whole.startsWith(piece) && whole.length > piece.length + 3)
  )
}

function isHead(piece: string, whole: string): boolean {
  return piece.length >= shortestPart && whole.length - piece.length >= shortestRest && whole.endsWith(piece)
}
