// Dates of birth: a date near words that say so. A date alone is not one.
import type { Candidate } from './finding.ts'
import { matchesOf } from './matching.ts'

const months =
  'jan(?:uary|uar)?|jän(?:ner)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|mrz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|' +
  'sept?(?:ember)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?'
const year = '(?:1[89]|20)\\d\\d'
const dates = [
  `\\d{1,2}[./-] ?\\d{1,2}[./-] ?(?:${year}|\\d{2})`,
  `${year}[-./]\\d{1,2}[-./]\\d{1,2}`,
  `\\d{1,2}(?:\\.|st|nd|rd|th)? (?:of )?(?:${months})\\.?,? ${year}`,
  `(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? ${year}`,
].join('|')
const date = new RegExp(`(?<![\\p{L}\\p{N}])(?:${dates})(?![\\p{L}\\p{N}]|[./-]\\p{N})`, 'giu')
const before =
  /(?:\bborn\b|\bbirth(?:day|date)?\b|\bd\.?o\.?b\b|geboren|\bgeb\.|\bgeb\b|geburtsdatum|geburtstag|geburtsdaten|geb\.-datum)[^\d\n]{0,30}$|\(\* ?$|[^\s*] \*$/i
const after = /^[\s,)]{0,3}(?:in [\p{L} ]{2,30} )?(?:geboren|geborene?r?|\(?date of birth|\(?dob\b|\(geb)/iu

/** Dates of birth, English and German; entity is the date as written without spaces. */
export function birthDates(text: string): readonly Candidate[] {
  const announced = matchesOf(text, 'birth-date', date, (found, lead) =>
    before.test(lead) ? { entity: entityOf(found), confidence: 'rule' } : undefined,
  )
  const followed = [...text.matchAll(date)]
    .filter(({ index, 0: found }) => after.test(text.slice(index + found.length, index + found.length + 60)))
    .map(({ index, 0: found }): Candidate => ({
      class: 'birth-date',
      start: index,
      end: index + found.length,
      entity: entityOf(found),
      confidence: 'rule',
    }))
  return [...announced, ...followed]
}

function entityOf(found: string): string {
  return found.replace(/\s/g, '').toLowerCase()
}
