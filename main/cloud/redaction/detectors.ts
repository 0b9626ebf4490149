// Every rule, run over one text; which of several findings stands is decided elsewhere.
import { cards, ibans } from './logic/accounts.ts'
import { emails, ipAddresses, macAddresses } from './logic/addresses.ts'
import { birthDates } from './logic/birthDates.ts'
import type { Candidate, Finding, RedactionClass } from './logic/finding.ts'
import { findTerms, type Term } from './logic/knownTerms.ts'
import type { NamedTerm } from './logic/namedTerms.ts'
import { nationalIds } from './logic/nationalIds.ts'
import { ambiguousFirstNames, notNames } from './logic/nameWords.ts'
import { organisations } from './logic/organisations.ts'
import { people, type NameLexicon } from './logic/people.ts'
import { secrets } from './logic/secrets.ts'
import { tokensOf } from './logic/tokens.ts'
import { createNameLexicon } from './nameLexicon.ts'
import { phones } from './phones.ts'
import type { RedactionOptions } from './logic/redactionOptions.ts'

const lexicon = createNameLexicon()

const matching: Partial<Record<RedactionClass, Term['match']>> = { 'own-term': 'any-case', person: 'inflected' }

/** Classes that a rule may see in one place only, by what stands around it; the others are found by their form anywhere. */
const leaning: ReadonlySet<string> = new Set<RedactionClass>([
  'own-term',
  'secret',
  'national-id',
  'birth-date',
  'phone',
  'organisation',
  'person',
])

/** What is asked for, and what was found in this text before. */
export type Context = { readonly options: RedactionOptions; readonly found: readonly Finding[] }

/** All candidates in a view of a text, in no order and perhaps overlapping. */
export function detectAll(text: string, { options, found }: Context): readonly Candidate[] {
  const tokens = tokensOf(text)
  return [
    ...findTerms(text, [...ownTerms(options.hide ?? []), ...knownTerms([...(options.vault?.entries ?? []), ...found])]),
    ...secrets(text),
    ...emails(text),
    ...ibans(text),
    ...cards(text),
    ...nationalIds(text),
    ...ipAddresses(text),
    ...macAddresses(text),
    ...birthDates(text),
    ...phones(text, options.countries),
    ...organisations(text, tokens),
    ...people(text, tokens, lexicon),
    ...suggested(text, options.named ?? []),
  ]
}

/** Wherever they stand as whole words; which of them overlaps a rule's finding is decided like any other. */
function suggested(text: string, named: readonly NamedTerm[]): readonly Candidate[] {
  const terms = named.map((term): Term => {
    const entity = term.text.toLowerCase().replace(/\s+/g, ' ')
    return { ...term, entity, match: term.class === 'person' ? 'inflected' : 'exact' }
  })
  return findTerms(text, terms).map((candidate) => ({ ...candidate, confidence: 'suggested' }))
}

function ownTerms(hide: readonly string[]): readonly Term[] {
  return hide.map((text) => ({ text, class: 'own-term', entity: text.trim().toLowerCase(), match: 'any-case' }))
}

/** Found once, found everywhere: what was hidden, and the parts of a full name that are no everyday words. */
function knownTerms(
  known: readonly { readonly class: string; readonly original: string; readonly entity: string }[],
): readonly Term[] {
  const terms = new Map<string, Term>()
  const add = (text: string, hidden: RedactionClass, entity: string): void => {
    terms.set(`${hidden} ${text}`, { text, class: hidden, entity, match: matching[hidden] ?? 'exact' })
  }
  for (const { class: hidden, original, entity } of known) {
    if (!leaning.has(hidden)) continue
    add(original, hidden as RedactionClass, entity) // as: leaning holds classes of redaction only
    if (hidden === 'person') for (const part of partsOf(original)) add(part, 'person', part.toLowerCase())
  }
  return [...terms.values()]
}

function partsOf(name: string): readonly string[] {
  const words = name.split(/[\s,]+/).filter((word) => /^\p{Lu}\p{L}*\p{Ll}/u.test(word))
  return words.length < 2 ? [] : words.filter((word) => word.length > 2 && certain(word.toLowerCase(), lexicon))
}

function certain(word: string, { isCommon }: NameLexicon): boolean {
  return !isCommon(word) && !notNames.has(word) && !ambiguousFirstNames.has(word)
}
