// Names of organisations by rules: legal forms, institution words, and what stands behind "Firma".
import type { Candidate, Confidence } from './finding.ts'
import { institutionWords, legalForms, notNames } from './nameWords.ts'
import { looksLikeName, type Token } from './tokens.ts'

/** Words a name of a company may hold besides those with a capital. */
const joining = /^(?:und|and|of|für|the|der|des|de|co|y|e)$/i
const dottedForm = /^(?:e\. ?V\.|S\. ?A\.|B\. ?V\.|N\. ?V\.|S\.p\.A\.|e\. ?K\.|A\/S)/
const between = /^(?:[ \u00a0]{1,2}|\.[ \u00a0]|[ \u00a0]?[&+][ \u00a0]?|\.? & )$/

/** Organisations named in the text; entity is the name in lower case with single spaces. */
export function organisations(text: string, tokens: readonly Token[]): readonly Candidate[] {
  const found: Candidate[] = []
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]
    if (token === undefined) continue
    const place = byLegalForm(text, tokens, index) ?? byInstitution(tokens, index) ?? byCue(tokens, index)
    if (place !== undefined) found.push(place)
  }
  return found
}

/** "Nordlicht Handels GmbH & Co. KG", "Harbour Tools Ltd.", "Sportfreunde Aue e. V." */
function byLegalForm(text: string, tokens: readonly Token[], index: number): Candidate | undefined {
  const form = legalFormAt(text, tokens, index)
  if (form === undefined) return undefined
  const first = startOfName(tokens, index)
  if (first === index) return undefined
  const end = withCompanion(text, tokens, form.last, form.end)
  return organisation(text, tokens[first]?.start ?? 0, end, 'rule')
}

function legalFormAt(
  text: string,
  tokens: readonly Token[],
  index: number,
): { readonly last: number; readonly end: number } | undefined {
  const token = tokens[index]
  if (token === undefined) return undefined
  if (token.text.length === 1) {
    const dotted = dottedForm.exec(text.slice(token.start, token.start + 7))
    if (dotted !== null)
      return { last: lastBefore(tokens, index, token.start + dotted[0].length), end: token.start + dotted[0].length }
  }
  if (!legalForms.has(token.lower) || !/\p{Lu}|plc/u.test(token.text)) return undefined
  const dot = /^(?:ltd|inc|corp)$/.test(token.lower) && /^\.[ ,;)\n]/.test(text.slice(token.end, token.end + 2))
  return {
    last: index,
    end: token.end + (dot && /^\.[ ,;)]+[\p{Ll}(]/u.test(text.slice(token.end, token.end + 4)) ? 1 : 0),
  }
}

/** The last of the words from `index` on that begin before `end`; a dotted form has three at most. */
function lastBefore(tokens: readonly Token[], index: number, end: number): number {
  let last = index
  while (last < index + 3 && (tokens[last + 1]?.start ?? end) < end) last += 1
  return last
}

/** "& Co. KG" and the like behind a legal form. */
function withCompanion(text: string, tokens: readonly Token[], last: number, end: number): number {
  const more = /^ ?& ?Co\.? ?(?:KGaA|KG|OHG)\b/.exec(text.slice(end, end + 14))
  return more === null ? Math.max(end, tokens[last]?.end ?? end) : end + more[0].length
}

/** "University of Northfield", "Klinikum Sonnenberg", "Harbour Bank". */
function byInstitution(tokens: readonly Token[], index: number): Candidate | undefined {
  const token = tokens[index]
  if (token === undefined || !institutionWords.has(token.lower) || !/^\p{Lu}/u.test(token.text)) return undefined
  const first = startOfName(tokens, index)
  if (first < index) return fromTokens(tokens, first, index)
  const joined = tokens[index + 1]?.lower === 'of' || tokens[index + 1]?.lower === 'zu' ? index + 2 : index + 1
  const named = tokens[joined]
  if (named === undefined || !nearby(tokens, joined) || !part(named) || /^bank$|^group$|^trust$/.test(token.lower))
    return undefined
  const next = tokens[joined + 1]
  const last =
    next !== undefined && nearby(tokens, joined + 1) && part(next) && joined === index + 2 ? joined + 1 : joined
  return fromTokens(tokens, index, last)
}

/** "die Firma Nordlicht", "Fa. Meier". */
function byCue(tokens: readonly Token[], index: number): Candidate | undefined {
  if (!/^(?:Firma|Fa)$/.test(tokens[index]?.text ?? '')) return undefined
  let last = index
  while (last < index + 3 && nearby(tokens, last + 1) && part(tokens[last + 1])) last += 1
  return last === index ? undefined : fromTokens(tokens, index + 1, last)
}

/** Back over the words of the name, at most six; joining words count only between others. */
function startOfName(tokens: readonly Token[], end: number): number {
  let first = end
  for (let index = end - 1; index >= end - 6 && index >= 0; index -= 1) {
    if (!nearby(tokens, index + 1)) break
    const token = tokens[index]
    if (part(token)) first = index
    else if (!joining.test(token?.text ?? '') || !/^[ \u00a0]/.test(tokens[index + 1]?.gap ?? '')) break
    else if (/^(?:The|Der|Des|De)$/.test(token?.text ?? '')) break
  }
  return first
}

function part(token: Token | undefined): boolean {
  if (token === undefined) return false
  const written = looksLikeName(token) || /^\p{Lu}{2,8}$/u.test(token.text)
  const opener = notNames.has(token.lower) && !institutionWords.has(token.lower)
  return written && !legalForms.has(token.lower) && (!opener || companyWord.test(token.lower))
}

/** Words that open no sentence and do stand in company names. */
const companyWord =
  /^(?:service|group|bank|house|park|north|south|east|west|new|old|city|european|british|american|german|company|international|marketing|sales|haus|hof|gruppe|verein|land|stadt|personal|legal|finance|management|general|public|support|bridge|river|lake|tower|product|project|projekt|produkt|gesellschaft)$/

function nearby(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index]
  return token !== undefined && between.test(token.gap)
}

function fromTokens(tokens: readonly Token[], first: number, last: number): Candidate {
  const named = tokens.slice(first, last + 1)
  const entity = named.map(({ lower }) => lower).join(' ')
  return {
    class: 'organisation',
    start: named[0]?.start ?? 0,
    end: named.at(-1)?.end ?? 0,
    entity,
    confidence: 'suggested',
  }
}

function organisation(text: string, start: number, end: number, confidence: Confidence): Candidate {
  const entity = text.slice(start, end).toLowerCase().replace(/\s+/g, ' ')
  return { class: 'organisation', start, end, entity, confidence }
}
