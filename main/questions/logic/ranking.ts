// Which sentences answer a question best: rare words of it, together, with a thing of the kind that was asked for.
import { holdsKind } from './answerKind.ts'
import type { ExcerptIndex, Line } from './excerptIndex.ts'
import type { Question, QuestionTerm } from './question.ts'
import type { WordMatch } from './wordKeys.ts'

/** How rare each term is, by its place in the question. */
export type Rarity = readonly number[]

/** A question and what it is looked for in. */
export type Search = {
  readonly question: Question
  readonly index: ExcerptIndex
  readonly hits: TermHits
  readonly rarity: Rarity
}

/** A sentence and what it is worth; `own` and `all` are shares of the question covered by itself and with its surroundings. */
export type Ranked = {
  readonly line: number
  readonly score: number
  readonly own: number
  readonly all: number
}

/** What words before and after a sentence, in its heading and in its document's name count beside its own. */
export type NearShare = {
  readonly before: number
  readonly after: number
  readonly heading: number
  readonly name: number
}

/** What they count where sentences are ranked. */
export const nearShare: NearShare = { before: 0.75, after: 0.6, heading: 0.85, name: 0.9 }
/** A name beside a sentence that names somebody else hardly counts. */
const otherNameShare = 0.35
/** Sentences looked at besides the ones that hold a word: the ones before and after. */
const candidatesAtMost = 400

/** For every term, how well each line answers it, by line; only lines that do. */
export type TermHits = readonly ReadonlyMap<number, number>[]

/** Finds every term once; the vocabulary is compared, not the text. */
export function findTerms(index: ExcerptIndex, question: Question): TermHits {
  return question.terms.map(({ match }) => hitsOf(index, match))
}

function hitsOf(index: ExcerptIndex, match: WordMatch): ReadonlyMap<number, number> {
  const hits = new Map<number, number>()
  for (const [key, lines] of index.postings) {
    const strength = match(key)
    if (strength === 0) continue
    for (const line of lines) if ((hits.get(line) ?? 0) < strength) hits.set(line, strength)
  }
  return hits
}

/**
 * How much the rarest word of all is worth beside one that is everywhere: 1 and this. `ln(1 + N / n)` alone lets one word
 * that a text does not use outweigh all the others.
 */
const commonest = 0.4
/** Texts shorter than this many lines are taken for this long: in them every word is rare. */
const linesAtLeast = 20

/** How rare words are that stand in so many of `total` places; a word found nowhere is as rare as can be. */
export function rarityOf(total: number, counts: readonly number[]): Rarity {
  const places = Math.max(linesAtLeast, total)
  const most = Math.log(1 + places)
  return counts.map((count) => commonest + (1 - commonest) * (Math.log(1 + places / Math.max(1, count)) / most))
}

/** Lines by worth, best first. */
export function rankLines(search: Search): Ranked[] {
  const { question, index, hits, rarity } = search
  const lines = new Set<number>()
  for (const found of hits) for (const line of found.keys()) lines.add(line)
  const rough = [...lines]
    .map((line) => ({ line, own: coverage(question.terms, rarity, (term) => hits[term]?.get(line) ?? 0) }))
    .sort((a, b) => b.own - a.own || a.line - b.line)
    .slice(0, candidatesAtMost)
  // What answers may stand right beside what names the subject.
  const wanted = new Set(rough.map(({ line }) => line))
  for (const { line } of rough) {
    for (const beside of [line - 1, line + 1]) {
      if (index.lines[beside]?.excerpt === index.lines[line]?.excerpt) wanted.add(beside)
    }
  }
  return [...wanted].map((line) => rank(search, line)).sort((a, b) => b.score - a.score || a.line - b.line)
}

/** A word that the document's name answers says where to look: no line of it is better for repeating the word. */
function rank(search: Search, line: number): Ranked {
  const { question, index, hits, rarity } = search
  const names = index.names[index.lines[line]?.excerpt ?? -1] ?? new Set()
  const own = coverage(question.terms, rarity, (term) =>
    Math.max(hits[term]?.get(line) ?? 0, among(names, question.terms[term]?.match ?? (() => 0)) * nearShare.name),
  )
  const all = coverage(question.terms, rarity, (term) => strengthAt(search, term, line))
  const here = index.lines[line]
  const text = here?.sentence.text ?? ''
  const kind = question.answerKind
  const kindly = kind === null ? 0.1 : holdsKind(text, kind) ? 0.2 : 0
  const phrased = question.phrases.length === 0 ? 0 : phraseShare(here, question.phrases) * 0.4
  return { line, own, all, score: (0.55 * own + 0.45 * all + kindly + phrased) * formWeight(here) }
}

/** How well a term is answered at a line: by the line itself, or less well by what stands around it. */
export function strengthAt(
  { index, question, hits }: Search,
  term: number,
  line: number,
  near: NearShare = nearShare,
): number {
  const own = hits[term]?.get(line) ?? 0
  const here = index.lines[line]
  const wanted = question.terms[term]
  if (own === 1 || here === undefined || wanted === undefined) return own
  const share = wanted.kind === 'name' && namesOther(here) ? otherNameShare : 1
  const around = [
    neighbour(index, hits, term, line, -1) * near.before * share,
    neighbour(index, hits, term, line, 1) * near.after * share,
    among(here.heading, wanted.match) * near.heading,
    among(index.names[here.excerpt] ?? new Set(), wanted.match) * near.name,
  ]
  return Math.max(own, ...around)
}

function neighbour(index: ExcerptIndex, hits: TermHits, term: number, line: number, step: number): number {
  const [here, other] = [index.lines[line], index.lines[line + step]]
  if (here === undefined || other === undefined || other.excerpt !== here.excerpt) return 0
  // Rows of a table stand for themselves; what stands over another heading is another matter.
  if (here.sentence.kind === 'row' || other.sentence.kind === 'row') return 0
  if (here.sentence.heading !== other.sentence.heading && step > 0) return 0
  return hits[term]?.get(line + step) ?? 0
}

function among(words: ReadonlySet<string>, match: WordMatch): number {
  let best = 0
  for (const word of words) best = Math.max(best, match(word))
  return best
}

/** True for a sentence with a name of its own: a capital in its midst, in writing where capitals make names. */
function namesOther({ sentence }: Line): boolean {
  return /(?<=[\p{Ll},]\s)\p{Lu}\p{Ll}+/u.test(sentence.text)
}

/** The share of the question's weight that is found, 0 to 1. */
export function coverage(terms: readonly QuestionTerm[], rarity: Rarity, strengthOf: (term: number) => number): number {
  let [found, all] = [0, 0]
  terms.forEach((term, at) => {
    const weight = term.weight * (rarity[at] ?? 1)
    all += weight
    found += weight * strengthOf(at)
  })
  return all === 0 ? 0 : found / all
}

function phraseShare(line: Line | undefined, phrases: Question['phrases']): number {
  const text = ` ${line?.keys.join(' ') ?? ''} `
  return phrases.filter((phrase) => text.includes(` ${phrase.join(' ')} `)).length / phrases.length
}

/** Headings, questions and crumbs lead to answers but are none. */
function formWeight(line: Line | undefined): number {
  if (line === undefined) return 0
  const { kind, text } = line.sentence
  if (kind === 'heading') return 0.55
  if (/\?["'”’»)\]]*$/.test(text)) return 0.75
  return line.keys.length < 3 && kind !== 'row' ? 0.8 : 1
}
