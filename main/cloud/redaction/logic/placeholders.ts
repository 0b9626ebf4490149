// How a placeholder is written, and how it is recognised again after a model has written it in its own way.
import type { RedactionClass } from './finding.ts'

/** What stands behind a placeholder: a finding, or text that looked like a placeholder before anything was hidden. */
export type HiddenClass = RedactionClass | 'literal'

const labels: Readonly<Record<HiddenClass, string>> = {
  'own-term': 'TERM',
  secret: 'SECRET',
  email: 'EMAIL',
  iban: 'IBAN',
  card: 'CARD',
  'national-id': 'ID',
  mac: 'MAC',
  ip: 'IP',
  'birth-date': 'BIRTHDATE',
  phone: 'PHONE',
  organisation: 'ORGANISATION',
  person: 'PERSON',
  literal: 'TEXT',
}

const inside = `[ \\t]{0,2}(${Object.values(labels).join('|')}|ORGANIZATION)[ \\t\\\\_-]{0,3}(\\d{1,6})[ \\t_-]?([A-Z]{0,2})[ \\t]{0,2}`

/** Text that reads as a placeholder: any case, with spaces, or with the escapes of Markdown. Linear: every part is bounded. */
export const placeholderPattern = new RegExp(`\\\\\\[${inside}\\\\\\]|\\[${inside}\\]`, 'gi')

/** The end of a text that may be the beginning of a placeholder. */
export const openingPattern = /(?:\\?\[[A-Za-z0-9_ \t\\-]{0,40}|\\)$/

/** `[PERSON_1]` for the first way of writing, `[PERSON_1B]` for the second, then C … Z, AA … */
export function placeholderOf(hidden: HiddenClass, number: number, form: number): string {
  return `[${labels[hidden]}_${number}${lettersOf(form)}]`
}

/** The form in which it was given out, from a match of `placeholderPattern`. */
export function canonicalPlaceholder(match: readonly (string | undefined)[]): string {
  const [, ...groups] = match
  const [label, number, form] = groups.slice(0, 6).filter((group) => group !== undefined)
  const name = (label ?? '').toUpperCase().replace('ORGANIZATION', 'ORGANISATION')
  return `[${name}_${Number(number)}${(form ?? '').toUpperCase()}]`
}

/** Where text reads as a placeholder, in order, `end` exclusive. */
export function placeholderSpans(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(placeholderPattern)].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }))
}

function lettersOf(form: number): string {
  if (form <= 1) return ''
  const letter = String.fromCharCode(65 + ((form - 1) % 26))
  return form <= 26 ? letter : `${String.fromCharCode(64 + Math.floor((form - 1) / 26))}${letter}`
}
