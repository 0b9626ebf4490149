// A question as what to look for: words with weights, phrases, the kind of answer wanted.
import { stopWords } from '../../text/logic/stopWords.ts'
import { answerKindOf, isImplied, type AnswerKind } from './answerKind.ts'
import { keysOf } from './foldedWords.ts'
import { matcherOf, type QuestionLanguage, type WordKind, type WordMatch } from './wordKeys.ts'

/**
 * A word to look for. `shown` as it was typed; `weight` 1 for things, less for what can be said in many ways, more for
 * names and numbers; `carried` from an earlier question.
 */
export type QuestionTerm = {
  readonly shown: string
  readonly key: string
  readonly match: WordMatch
  readonly weight: number
  readonly kind: WordKind
  readonly carried: boolean
}

/** A question, understood. `phrases` are runs of keys that must stand together. */
export type Question = {
  readonly text: string
  readonly language: QuestionLanguage
  readonly terms: readonly QuestionTerm[]
  readonly phrases: readonly (readonly string[])[]
  readonly answerKind: AnswerKind | null
}

/** What the kinds of words weigh. */
export const weights = { name: 1.3, number: 1.2, thing: 1, act: 0.4 } as const
/** What is done weighs this where there is at most one thing. */
export const actAlone = 0.65
const actOfSomebody = 0.8
/** What a general word weighs. */
const generalWeight = 0.3
const termsAtMost = 14
const quoted = /"([^"]+)"|„([^“”]+)[“”]|“([^”]+)”|«([^»]+)»/gu
const typed = /\p{N}+(?:[.,’']\p{N}+)*(?![\p{L}\p{N}])|[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu
const germanWord =
  /(?<!\p{L})(?:der|die|das|den|dem|des|ein|eine|einen|ist|sind|war|wird|wurde|hat|wer|wem|wen|was|wann|wo|wie|welche[nmrs]?|und|für|von|vom|im|am|zum|zur|bis|wieviel|warum|gibt|nicht|muss|kann|darf|dauert|kostet)(?!\p{L})|[äöüß]/giu
const englishWord =
  /(?<!\p{L})(?:the|an|of|is|are|were|does|did|do|has|have|who|whom|whose|what|when|where|which|why|how|and|for|to|from|must|can|may|will|about|long|much|many)(?!\p{L})/giu
/** Words of asking that name nothing. */
const asking = new Set(
  keysOf(
    'please tell know find say says said mention mentioned mentions state stated states according document documents text file page section name names many much long exactly exact happen happens whole called kind sort type someone anybody bitte sag sagt steht genannt erwähnt dokument dokumente text datei seite abschnitt name heißt heisst genau viel viele lange lang gibt hoch high old alt often oft far big large wieviel wieviele wann wer wo wohin woher wem wen wessen laut ab danach dafür dort dazu welche welcher welches welchen welchem',
  ),
)
/** Words so general that a text hardly ever uses the very same. */
const general = new Set(
  keysOf(
    'do done doing get got go goes come came have has make made take taken give given put keep kept use used need needed mean means meaning show shown reach happen allow may possible order part thing things people person persons everybody somebody quantity amount number sum value size colour color date day year month time week year years per each every annual total must should want wish contain contained include included bedeutet bedeuten enthält enthalten leistet erreichen angezeigt verwendet benutzt braucht brauchen machen macht tun getan kann soll sollte darf bekommt bekommen erhält geht kommt finden findet beträgt betragen umfasst liegt muss groß größe menge anzahl zahl summe tag tage jahr monat woche zeit datum uhrzeit uhr kosten kostet leute person personen jede jeder jedes insgesamt kümmert richtig',
  ),
)
/** Prepositions that name nothing, and are no stop words. */
const prepositions = new Set(keysOf('besides apart except außer innerhalb außerhalb gemäß bezüglich anstatt'))
/** Empty words that tell something as the verb after `who`. */
const emptyButTelling = new Set(
  keysOf(
    'own owns owned let lets tell tells told know knows knew find finds found say says said mention mentions mentioned state states stated name names named call calls called',
  ),
)
/** Verbs that say hardly anything by themselves, even of somebody. */
const light = new Set(
  keysOf(
    'be is are was were been do does did done get got go goes went have has had make makes made give take put use',
  ),
)
/** In English the verb after these is said in many ways. */
const auxiliary = /^(?:does|did|do|will|would|should|must|can|could|may|has|have|had|was|were|is|are)$/i
/** What stands before a thing and never before a verb. */
const beforeThings =
  /^(?:the|an?|of|in|on|at|for|from|with|by|about|under|my|your|his|her|its|our|their|this|that|each|every|is|are|was|were)$/i
/** What may stand between `who` and its verb, and says nothing of what was done. */
const betweenWho =
  /^(?:else|also|still|now|then|ever|first|just|only|exactly|actually|currently|usually|normally|really)$/i
const particle = /^(?:out|up|off|down|away|back|over|on|in|for|to)$/i

/** Reads a question. Words in quotation marks are a phrase and words as well. */
export function readQuestion(text: string): Question {
  const language = languageOf(text)
  const found = [...text.normalize('NFC').matchAll(typed)]
  const words = found.map(([word]) => word)
  const answerKind = answerKindOf(text, language)
  const terms: QuestionTerm[] = []
  for (const [place, word] of words.entries()) {
    const spoken = kindOf(word, place, words, text.slice(0, found[place]?.index), language)
    for (const key of keysOf(word)) {
      const kind = /^\p{N}/u.test(key) ? 'number' : spoken
      const telling = isTelling(key, place, words)
      if (!telling && (isEmpty(key, word) || (betweenWho.test(word) && isAfterWho(place, words)))) continue
      if ((key.length < 2 && kind !== 'number') || terms.some((term) => term.key === key)) continue
      terms.push({
        shown: word,
        key,
        match: matcherOf(key, language, kind),
        weight: isImplied(key, answerKind) ? generalWeight : telling ? weights.act : weightOf(key, kind),
        kind,
        carried: false,
      })
    }
  }
  const phrases = [...text.matchAll(quoted)].flatMap((marked) => {
    const keys = keysOf(marked[1] ?? marked[2] ?? marked[3] ?? marked[4] ?? '')
    return keys.length > 1 ? [keys] : []
  })
  return {
    text,
    language,
    terms: weighed(terms.slice(0, termsAtMost), answerKind),
    phrases,
    answerKind,
  }
}

/**
 * Who did something is told apart by what was done, and so are questions that hardly name a thing: `who designed the
 * bridge`, `when was it built`.
 */
function weighed(terms: readonly QuestionTerm[], answerKind: AnswerKind | null): QuestionTerm[] {
  const things = terms.filter(({ weight }) => weight >= 1).length
  const act = answerKind === 'person' ? actOfSomebody : things < 2 ? actAlone : weights.act
  return terms.map((term) => (term.weight === weights.act ? { ...term, weight: act } : term))
}

/**
 * The verb after `who` tells this doing from others of the same thing, however common it is: who owns, who orders. What
 * else may stand there (who in the company, who else) tells nothing.
 */
function isTelling(key: string, place: number, words: readonly string[]): boolean {
  const word = words[place] ?? ''
  if (!isAfterWho(place, words) || betweenWho.test(word) || light.has(key) || auxiliary.test(word)) return false
  return !isEmpty(key, word) || emptyButTelling.has(key)
}

/** True right after `who`, or with nothing but adverbs between. */
function isAfterWho(place: number, words: readonly string[]): boolean {
  return /^who$/i.test(words.slice(0, place).findLast((word) => !betweenWho.test(word)) ?? '')
}

function isEmpty(key: string, word: string): boolean {
  return stopWords.has(key) || stopWords.has(word.toLowerCase()) || asking.has(key) || prepositions.has(key)
}

function weightOf(key: string, kind: QuestionTerm['kind']): number {
  return general.has(key) ? generalWeight : weights[kind]
}

/** German when it has more words of that language than of English; `was` speaks for German where nothing else speaks. */
export function languageOf(text: string): QuestionLanguage {
  return (text.match(germanWord)?.length ?? 0) > (text.match(englishWord)?.length ?? 0) ? 'de' : 'en'
}

function kindOf(
  word: string,
  place: number,
  words: readonly string[],
  before: string,
  language: QuestionLanguage,
): QuestionTerm['kind'] {
  const opens = place === 0 || /[.!?:]\s*$/.test(before)
  const capital = /^\p{Lu}/u.test(word)
  if (language === 'de') return capital || opens ? 'thing' : 'act'
  if (capital && !opens) return 'name'
  return isVerb(place, words) ? 'act' : 'thing'
}

/** In English the last word after an auxiliary (`when does the lease end`), and the one after `who`. */
function isVerb(place: number, words: readonly string[]): boolean {
  const before = words[place - 1] ?? ''
  if (isAfterWho(place, words)) return place < words.length - 1
  const rest = words.slice(place + 1)
  if (beforeThings.test(before) || rest.length > 1 || !rest.every((word) => particle.test(word))) {
    return /^(?:was|were|is|are|be)$/i.test(before) && /(?:ed|en)$/.test(words[place] ?? '')
  }
  return words.slice(0, place).some((word) => auxiliary.test(word)) && words.length > 3
}
