// Bank accounts and payment cards: IBAN by its country's length and check digits, cards by issuer and Luhn.
import { luhn, mod97 } from './checksums.ts'
import type { Candidate } from './finding.ts'
import { compact, matchesOf } from './matching.ts'

/** Length of an IBAN by country, from the SWIFT registry. */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 ' +
    'LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 ' +
    'RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((each) => [each.slice(0, 2), Number(each.slice(2))]),
)

const ibanStart = /(?<![\p{L}\p{N}])[A-Z]{2}[ \u00a0]?\d{2}(?=[ \u00a0-]?[A-Z0-9])/giu
const cardPattern = /(?<![\p{L}\p{N}])(?<!\p{N}[.,/-])\d(?:[ \u00a0-]?\d){12,18}(?![\p{L}\p{N}]|[.,/-]\p{N})/gu
/** Issuers by first digits: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro. */
const issuers: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 19]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50|5[6-9]|6[37])/, [13, 14, 15, 16, 17, 18, 19]],
]

/** IBANs, with or without groups of four; entity is the IBAN without spaces in upper case. */
export function ibans(text: string): readonly Candidate[] {
  const found: Candidate[] = []
  for (const { index, 0: opening } of text.matchAll(ibanStart)) {
    const length = ibanLengths[opening.slice(0, 2).toUpperCase()]
    const end = length === undefined ? undefined : endOf(text, index, length)
    if (end === undefined) continue
    const iban = compact(text.slice(index, end))
    if (mod97(iban)) found.push({ class: 'iban', start: index, end, entity: iban, confidence: 'checked' })
  }
  return found
}

/** Card numbers of 13 to 19 digits, with or without groups; entity is the number without spaces. */
export function cards(text: string): readonly Candidate[] {
  return matchesOf(text, 'card', cardPattern, (found) => {
    const digits = compact(found)
    const known = issuers.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length))
    return known && luhn(digits) && !/^(\d)\1+$/.test(digits) ? { entity: digits, confidence: 'checked' } : undefined
  })
}

/** Where `length` letters and digits end, at most one separator between two of them, and nothing hanging on. */
function endOf(text: string, start: number, length: number): number | undefined {
  let place = start
  for (let count = 0; count < length; count += 1) {
    if (count > 0 && /[ \u00a0-]/.test(text[place] ?? '')) place += 1
    if (!/[A-Za-z0-9]/.test(text[place] ?? '')) return undefined
    place += 1
  }
  return /[\p{L}\p{N}]/u.test(text[place] ?? '') ? undefined : place
}
