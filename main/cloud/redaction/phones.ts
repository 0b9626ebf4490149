// Telephone numbers: candidates by a linear pattern, judged by libphonenumber's numbering plans.
import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'
import type { Candidate } from './logic/finding.ts'
import { matchesOf } from './logic/matching.ts'

const number =
  /(?<![\p{L}\p{N}_])(?<!\p{N}[.,/:-])(?:\+|00|\()?\(?\d(?:[ \u00a0()./–-]{0,3}\d){5,16}(?![\p{L}\p{N}_]|[.,/:-]\p{N})/gu
const keyWord =
  /(?<!\p{L})(?:\p{L}{0,14}(?:telefon|telephone|handy)|tel|phone|fon|(?:tele)?fax|mobile?|mobil(?:nummer|funk)?|cell|call|ring|rufnummer|telefonnummer|durchwahl|hotline|anruf|whatsapp|signal|sms|text me(?: at)?|reach me(?: at)?|erreichbar(?: unter)?)(?!\p{L})[^\p{N}\n]{0,24}$/iu
/** Countries in whose form a number without a prefix is read when nobody says which. */
const usual: readonly CountryCode[] = ['DE', 'US', 'GB', 'AT', 'CH', 'FR', 'NL', 'ES', 'IT']
const dateOrAmount =
  /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}.*|\d{1,3}(?:[. ]\d{3})+|\d+[.]\d+|\d{4} ?[–-] ?\d{4})$/

/**
 * Telephone numbers: with a country prefix anywhere; without one where a trunk zero, an American grouping or a key word
 * speaks for it. Entity is the number as E.164.
 */
export function phones(text: string, countries: readonly string[] = []): readonly Candidate[] {
  const order = [...countries.map((country) => country.toUpperCase()).filter(isSupportedCountry), ...usual]
  return matchesOf(text, 'phone', number, (found, before) => {
    const announced = keyWord.test(before)
    const written = found.replace(/^\(?00/, '+')
    const international = written.startsWith('+') || /^\(\+/.test(written)
    if (!international && !announced && !looksNational(found)) return undefined
    if (!international && dateOrAmount.test(found)) return undefined
    const entity = international ? parsed(written, undefined) : nationally(found, order)
    if (entity !== undefined) return { entity, confidence: international ? 'checked' : 'rule' }
    const digits = found.replace(/\D/g, '')
    return announced && digits.length >= 7 && digits.length <= 15 ? { entity: digits, confidence: 'rule' } : undefined
  })
}

/** A trunk zero with a group behind it (030 1234567, 0171/1234567), or the American form. */
function looksNational(found: string): boolean {
  const trunk = /^\(?0[1-9]\d{1,4}\)?[ \u00a0/–-]{1,3}\d/.test(found) || /^0[1-9](?:[ .]\d\d){4}$/.test(found)
  const american = /^(?:\([2-9]\d\d\) ?|[2-9]\d\d[-.])[2-9]\d\d[-. ]\d{4}$/.test(found)
  return trunk || american || /^\(0\d{1,4}\)/.test(found)
}

function nationally(found: string, countries: readonly CountryCode[]): string | undefined {
  for (const country of countries) {
    const entity = parsed(found, country)
    if (entity !== undefined) return entity
  }
  return undefined
}

function parsed(found: string, country: CountryCode | undefined): string | undefined {
  const phone = parsePhoneNumberFromString(found, country)
  return phone?.isValid() === true ? phone.number : undefined
}
