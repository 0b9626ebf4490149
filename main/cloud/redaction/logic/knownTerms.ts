// Finds given words in a text: the person's own list, and what this conversation has hidden before.
import type { Candidate, RedactionClass } from './finding.ts'

/**
 * A word or several to find as whole words. `match`: `exact` as written; `inflected` with an ending hanging on; `any-case`
 * besides in any case and with any spaces.
 */
export type Term = {
  readonly text: string
  readonly class: RedactionClass
  readonly entity: string
  readonly match: 'exact' | 'inflected' | 'any-case'
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu
const wordCharacter = /[\p{L}\p{M}\p{N}]/u
/** Endings that do not make it another word: genitives, English and German, and German cases. They stay in the text. */
const ending = /(?:['’]s|es|en|s|n|e)?(?![\p{L}\p{M}\p{N}])/iuy

/**
 * Every place where a term stands as whole words. Terms as written are looked up, so that thousands cost no more than a
 * few; terms in any case that begin with the same word are tried one by one.
 */
export function findTerms(text: string, terms: readonly Term[]): readonly Candidate[] {
  const found: Candidate[] = []
  const shelves = shelved(terms)
  if (shelves.size === 0) return found
  for (const { index, 0: word } of text.matchAll(wordPattern)) {
    for (const shelf of shelvesFor(shelves, word)) {
      for (const { term, start, end } of standing(text, index, shelf)) {
        const whole = start === index || !wordCharacter.test(text[start - 1] ?? '')
        if (!whole || !endsThere(text, end, term.match === 'exact')) continue
        found.push({ class: term.class, entity: term.entity, start, end, confidence: 'rule' })
      }
    }
  }
  return found
}

/** Terms that begin with one word: those as written by their text, with the shapes they have; the others as patterns. */
type Shelf = {
  readonly written: Map<string, Term>
  /** Characters before the first word and in all, as `lead:length`. */
  readonly shapes: Map<string, { readonly lead: number; readonly length: number }>
  readonly patterns: { readonly term: Term; readonly pattern: RegExp; readonly lead: number }[]
}

type Standing = { readonly term: Term; readonly start: number; readonly end: number }

function shelved(terms: readonly Term[]): ReadonlyMap<string, Shelf> {
  const shelves = new Map<string, Shelf>()
  for (const term of terms) {
    const text = term.text.trim()
    const first = /[\p{L}\p{M}\p{N}]+/u.exec(text)
    if (first === null) continue
    const key = first[0].toLowerCase()
    const shelf: Shelf = shelves.get(key) ?? { written: new Map<string, Term>(), shapes: new Map(), patterns: [] }
    shelves.set(key, shelf)
    if (term.match === 'any-case') {
      const source = text.split(/\s+/).map(literally).join('\\s{1,4}')
      shelf.patterns.push({ term, pattern: new RegExp(source, 'iuy'), lead: first.index })
    } else {
      shelf.written.set(text, term)
      shelf.shapes.set(`${first.index}:${text.length}`, { lead: first.index, length: text.length })
    }
  }
  return shelves
}

/** A German ending may hang on a term of one word. */
function shelvesFor(shelves: ReadonlyMap<string, Shelf>, word: string): readonly Shelf[] {
  const lower = word.toLowerCase()
  return [0, 1, 2].flatMap((cut) => shelves.get(lower.slice(0, lower.length - cut)) ?? [])
}

function standing(text: string, index: number, { written, shapes, patterns }: Shelf): readonly Standing[] {
  const found: Standing[] = []
  for (const { lead, length } of shapes.values()) {
    const start = index - lead
    const term = start < 0 ? undefined : written.get(text.slice(start, start + length))
    if (term !== undefined) found.push({ term, start, end: start + length })
  }
  for (const { term, pattern, lead } of patterns) {
    pattern.lastIndex = Math.max(0, index - lead)
    const match = pattern.exec(text)
    if (match !== null) found.push({ term, start: match.index, end: match.index + match[0].length })
  }
  return found
}

function endsThere(text: string, end: number, exact: boolean): boolean {
  if (!wordCharacter.test(text[end - 1] ?? '')) return true
  if (exact) return !wordCharacter.test(text[end] ?? '')
  ending.lastIndex = end
  return ending.test(text)
}

function literally(words: string): string {
  return words.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
