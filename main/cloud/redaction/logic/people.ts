// Names of people by rules: titles, first names, greetings, signatures, form fields. Suggestions, never proofs.
import type { Candidate, Confidence } from './finding.ts'
import { ambiguousFirstNames, legalForms, notNames, placeEndings } from './nameWords.ts'
import { follows, isInitial, looksLikeName, type Token } from './tokens.ts'

/** What a kept library knows of words, all in lower case. */
export type NameLexicon = {
  isFirstName(word: string): boolean
  isSurname(word: string): boolean
  /** An everyday word, English; a capital alone does not make it a name. */
  isCommon(word: string): boolean
}

const titles =
  /^(?:herrn?|frau|fräulein|mrs?|ms|miss|mx|dr|prof|professor|professorin|sir|lady|dame|messrs|dipl-ing|ing|mag|rev)$/
const particles = /^(?:von|van|de|di|da|del|della|dos|ten|ter|zu|zur|vom|bin|ibn|al)$/
/** Stand in a name only behind another particle: "van der Berg", "de la Cruz". */
const secondParticles = /^(?:den|der|le|la|el|st)$/
const degrees = /^(?:med|jur|phil|rer|nat|pol|h|c|hc|habil|oec|dent|vet)$/
const abstractNoun = /(?:ung|ungen|heit|heiten|keit|keiten|schaft|tion|tionen|tät|täten|ismus|nummer|vertrag|bericht)$/
const greeting = /^(?:dear|hi|hello|hey|liebe|lieber|hallo|moin|servus|tschüss|cc)$/
const spoke =
  /^(?:said|says|wrote|writes|asked|told|explained|replied|called|signed|joined|confirmed|sagte|sagt|schrieb|schreibt|fragte|erklärte|bestätigte|unterschrieb|antwortete)$/
const label =
  /(?:^|[\n\t|;>(])[ \t]*(?:[-*•][ \t]+)?(?:(?:full |first |last |given |family )?name|surname|contact(?: person)?|author|from|to|cc|bcc|attendees|participants|signed(?: by)?|prepared by|patient|employee|customer|client|tenant|landlord|applicant|witness|vor- und nachname|vorname|nachname|familienname|geburtsname|ansprechpartner(?:in)?|kontakt|von|an|verfasser(?:in)?|autor(?:in)?|bearbeiter(?:in)?|sachbearbeiter(?:in)?|teilnehmer(?:innen)?|gezeichnet|gez\.?|patient(?:in)?|mieter(?:in)?|vermieter(?:in)?|arbeitnehmer(?:in)?|kund(?:e|in)|antragsteller(?:in)?|geschäftsführer(?:in)?|zeug(?:e|in)|versichert(?:e|er))[ \t]?:[*_]{0,2}[ \t]{0,4}$/i
const closing =
  /(?:regards|sincerely|faithfully|truly|cheers|thanks|thank you|best|wishes|grüßen|grüsse|grüße|grüssen|gruß|\bmfg|\blg|\bvg)[,.!]?[ \t]*\r?\n[ \t\r\n]{0,6}$|\bgez\.[ \t]{1,3}$/i

/** People named in the text; entity is the name in lower case, its parts separated by one space. */
export function people(text: string, tokens: readonly Token[], lexicon: NameLexicon): readonly Candidate[] {
  const found: Candidate[] = []
  const known = (word: string): boolean => lexicon.isFirstName(word)
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    const name = nameAt(text, tokens, index, lexicon)
    if (name === undefined) continue
    found.push(candidate(tokens, name))
    index = name.last
  }
  return [...found, ...turned(text, tokens, known)]
}

type Name = { readonly first: number; readonly last: number; readonly confidence: Confidence }

function nameAt(text: string, tokens: readonly Token[], index: number, lexicon: NameLexicon): Name | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (titles.test(token.lower) && /^\p{Lu}/u.test(token.text)) return afterTitle(tokens, index)
  if (!looksLikeName(token) && !isInitial(token)) return undefined
  const before = text.slice(Math.max(0, token.start - 60), token.start)
  return (
    announced(text, tokens, index, before) ??
    withFirstName(text, tokens, index, lexicon) ??
    speaking(tokens, index, lexicon)
  )
}

/** "Herr Dr. Müller", "Mrs Anna van Dyk": the words behind the titles, which stay in the text. */
function afterTitle(tokens: readonly Token[], index: number): Name | undefined {
  let first = index + 1
  while (first < index + 9 && (titles.test(tokens[first]?.lower ?? '') || degrees.test(tokens[first]?.lower ?? '')))
    first += 1
  const start = tokens[first]
  if (start === undefined || !near(tokens, first)) return undefined
  const last = endOfName(tokens, first)
  return last === undefined ? undefined : { first, last, confidence: 'rule' }
}

/** Behind a greeting, a form field, a closing formula; before `<address>`. */
function announced(text: string, tokens: readonly Token[], index: number, before: string): Name | undefined {
  const last = endOfName(tokens, index)
  if (last === undefined) return undefined
  const previous = tokens[index - 1]
  const end = tokens[last]?.end ?? 0
  const after = text.slice(end, end + 4)
  const name: Name = { first: index, last, confidence: 'rule' }
  if (
    previous !== undefined &&
    greeting.test(previous.lower) &&
    near(tokens, index) &&
    /^\s*(?:[,!.:\n]|$)/.test(after)
  )
    return name
  if (/^ ?<(?:[^\s>]|$)/.test(after) && last > index) return name
  if (label.test(before) && (last > index || /name[ \t*_]*:[*_]{0,2}[ \t]*$/i.test(before))) return name
  return closing.test(before) && /^[ \t]*(?:\r?\n|,|$|\()/.test(after) ? name : undefined
}

/** A known first name with what follows, or alone where it is no everyday word. */
function withFirstName(text: string, tokens: readonly Token[], index: number, lexicon: NameLexicon): Name | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  const parts = token.lower.split(/[-’']/)
  const initialsFirst = isInitial(token) && tokens[index + 1]?.gap.startsWith('.') === true
  if (initialsFirst) return withInitials(tokens, index, lexicon)
  if (!parts.some((part) => lexicon.isFirstName(part))) return undefined
  if (parts.length > 1 && !parts.every((part) => lexicon.isFirstName(part))) return undefined
  const last = endOfName(tokens, index) ?? index
  if (endsAsPlace(tokens, last)) return undefined
  if (last > index) {
    const second = tokens[index + 1]
    const ambiguous = ambiguousFirstNames.has(token.lower)
    if (ambiguous && second !== undefined && lexicon.isCommon(second.lower)) return undefined
    return { first: index, last, confidence: 'suggested' }
  }
  const compound = /^-/.test(text.slice(token.end, token.end + 1))
  if (compound || notNames.has(token.lower) || ambiguousFirstNames.has(token.lower)) return undefined
  return { first: index, last: index, confidence: 'suggested' }
}

/** "J. R. Miller": initials and a surname the library knows. */
function withInitials(tokens: readonly Token[], index: number, lexicon: NameLexicon): Name | undefined {
  const last = endOfName(tokens, index)
  const surname = last === undefined ? undefined : tokens[last]
  if (last === undefined || last === index || surname === undefined || endsAsPlace(tokens, last)) return undefined
  const likely = lexicon.isSurname(surname.lower) || !lexicon.isCommon(surname.lower)
  return likely && !abstractNoun.test(surname.lower) ? { first: index, last, confidence: 'suggested' } : undefined
}

/** Two or three words with capitals that say something: "Priya Raghunathan wrote". */
function speaking(tokens: readonly Token[], index: number, lexicon: NameLexicon): Name | undefined {
  const last = endOfName(tokens, index)
  if (last === undefined || last === index || last > index + 2 || endsAsPlace(tokens, last)) return undefined
  const verb = tokens[last + 1]
  if (verb === undefined || !near(tokens, last + 1) || !spoke.test(verb.text)) return undefined
  const every = tokens.slice(index, last + 1).every((each) => !lexicon.isCommon(each.lower))
  return every ? { first: index, last, confidence: 'suggested' } : undefined
}

/** "Müller, Anna" on a line or in a cell of its own: one person, surname first. */
function turned(text: string, tokens: readonly Token[], isFirstName: (word: string) => boolean): readonly Candidate[] {
  return tokens.flatMap((token, index) => {
    const first = tokens[index + 1]
    if (first === undefined || first.gap !== ', ' || !looksLikeName(token) || !isFirstName(first.lower)) return []
    if (notNames.has(token.lower) || !looksLikeName(first)) return []
    const alone = /(?:^|[\n;\t|])[ ]{0,4}$/.test(text.slice(Math.max(0, token.start - 6), token.start))
    if (!alone || !/^[ ]{0,4}(?:$|[\r\n;\t|(])/.test(text.slice(first.end, first.end + 5))) return []
    const entity = `${first.lower} ${token.lower}`
    return [{ class: 'person', start: token.start, end: first.end, entity, confidence: 'suggested' }]
  })
}

/** The last word of a name that begins here, at most six words; undefined when none begins. */
function endOfName(tokens: readonly Token[], first: number): number | undefined {
  let last: number | undefined
  for (let index = first; index < first + 6; index += 1) {
    const token = tokens[index]
    if (token === undefined || (index > first && !near(tokens, index))) break
    if (particles.test(token.text)) continue
    if (secondParticles.test(token.text) && index > first && particles.test(tokens[index - 1]?.text ?? '')) continue
    if (isInitial(token)) {
      if (index === first) last = index
      continue
    }
    if (!looksLikeName(token) || notNames.has(token.lower) || abstractNoun.test(token.lower)) break
    if (legalForms.has(token.lower)) break
    last = index
  }
  const only = last === undefined ? undefined : tokens[last]
  return only === undefined || isInitial(only) ? undefined : last
}

/** Whether the name, or the word right behind it, makes it a street, a place or an institution. */
function endsAsPlace(tokens: readonly Token[], last: number): boolean {
  const next = tokens[last + 1]
  const behind = next !== undefined && near(tokens, last + 1) && /^\p{Lu}/u.test(next.text) ? next.lower : ''
  return placeEndings.has(tokens[last]?.lower ?? '') || placeEndings.has(behind) || legalForms.has(behind)
}

function near(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  return token !== undefined && follows(token, tokens[index - 1])
}

function candidate(tokens: readonly Token[], { first, last, confidence }: Name): Candidate {
  const named = tokens.slice(first, last + 1)
  const entity = named.map(({ lower }) => lower).join(' ')
  return { class: 'person', start: named[0]?.start ?? 0, end: named.at(-1)?.end ?? 0, entity, confidence }
}
