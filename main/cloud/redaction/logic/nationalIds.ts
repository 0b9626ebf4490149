// Numbers that states give to people: the form of each and the check digit it carries, or the key word it needs.
import { ean13, luhn, mod11and10, remainder, weighted, weights731 } from './checksums.ts'
import type { Candidate } from './finding.ts'
import { compact, matchesOf } from './matching.ts'

type Scheme = {
  readonly pattern: RegExp
  /** Whether a compacted match is one; absent where the form is all there is. */
  readonly valid?: (code: string) => boolean
  /** Must stand before it, for forms that other numbers share. */
  readonly keyWord?: RegExp
}

const alone = String.raw`(?<![\p{L}\p{N}])(?<![\p{N}][.,/-])`
const closed = String.raw`(?![\p{L}\p{N}]|[.,/-]\p{N})`

const schemes: readonly Scheme[] = [
  // Germany: tax number (Steuer-ID), pension insurance, identity card and passport.
  { pattern: form(String.raw`[1-9]\d ?\d{3} ?\d{3} ?\d{3}`), valid: steuerId },
  { pattern: form(String.raw`\d{2} ?\d{6} ?[A-Z] ?\d{3}`), valid: pensionInsurance },
  {
    pattern: form(String.raw`[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}\d[D]?`),
    valid: (code) => weights731(code.replace(/D$/, '')),
    keyWord: /ausweis|reisepass|passport|identity card|\bID card|\bpass(?:nummer|-nr)/i,
  },
  {
    pattern: form(String.raw`[A-Z0-9]{9}`),
    valid: (code) => /\d{2}/.test(code),
    keyWord:
      /(?:personalausweis|ausweisnummer|ausweis-?nr|reisepass|passnummer|pass-nr|passport (?:no|number))[^\n]{0,20}$/i,
  },
  // United Kingdom: National Insurance, NHS.
  {
    pattern: form(String.raw`(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]`),
  },
  { pattern: form(String.raw`\d{3}[ -]?\d{3}[ -]?\d{4}`), valid: nhs, keyWord: /\bNHS\b/i },
  // France: NIR.
  { pattern: form(String.raw`[1-478] ?\d{2} ?(?:0[1-9]|[1-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}`), valid: nir },
  // Spain: DNI and NIE.
  { pattern: form(String.raw`(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]`), valid: dni },
  // Italy: codice fiscale, its digits perhaps replaced by letters (omocodia).
  {
    pattern: form(String.raw`[A-Z]{6}[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]`),
    valid: codiceFiscale,
  },
  // Netherlands: BSN; one number in eleven would pass, so it needs its name.
  {
    pattern: form(String.raw`\d{9}|\d{4}[. ]\d{2}[. ]\d{3}`),
    valid: (code) => (weighted(code.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2], 11) - Number(code.at(-1)) + 11) % 11 === 0,
    keyWord: /\bBSN\b|burgerservice|sofi-?nummer/i,
  },
  // United States: social security.
  { pattern: form(String.raw`(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}`) },
  {
    pattern: form(String.raw`(?!000|666|9\d\d)\d{3} ?(?!00)\d{2} ?(?!0000)\d{4}`),
    keyWord: /\bSSN\b|social security/i,
  },
  // Switzerland: AHV.
  { pattern: form(String.raw`756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}`), valid: ean13 },
  // Austria: social insurance, four digits and a date of birth.
  { pattern: form(String.raw`[1-9]\d{3}[ -]\d{6}`), valid: austrian },
  {
    pattern: form(String.raw`[1-9]\d{9}`),
    valid: austrian,
    keyWord: /\bSVNR\b|\bSV-?N(?:umme)?r|sozialversicherung|versicherungsnummer/i,
  },
  // Belgium, Poland, Sweden.
  { pattern: form(String.raw`\d{2}\.\d{2}\.\d{2}[- ]\d{3}[.-]\d{2}`), valid: belgian },
  {
    pattern: form(String.raw`\d{11}`),
    valid: (code) => weighted(code, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10) === 0,
    keyWord: /\bPESEL\b/i,
  },
  {
    pattern: form(String.raw`\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])[-+]\d{4}`),
    valid: luhn,
  },
  {
    pattern: form(String.raw`(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])-?\d{4}`),
    valid: (code) => luhn(code.slice(2)),
    keyWord: /person(?:nummer|al number)|samordningsnummer/i,
  },
]

/** National identity, tax and insurance numbers; entity is the number without spaces. */
export function nationalIds(text: string): readonly Candidate[] {
  return schemes.flatMap(({ pattern, valid, keyWord }) =>
    matchesOf(text, 'national-id', pattern, (found, before) => {
      const code = compact(found)
      if (valid?.(code) === false || keyWord?.test(before) === false) return undefined
      return { entity: code, confidence: valid === undefined ? 'rule' : 'checked' }
    }),
  )
}

function form(source: string): RegExp {
  return new RegExp(`${alone}(?:${source})${closed}`, 'gu')
}

/** Of the first ten digits exactly one comes twice or three times (three never side by side), the others once at most. */
function steuerId(code: string): boolean {
  const counts = [...new Set(code.slice(0, 10))].map((digit) => code.slice(0, 10).split(digit).length - 1)
  const repeated = counts.filter((count) => count > 1)
  return repeated.length === 1 && (repeated[0] ?? 4) <= 3 && !/(\d)\1\1/.test(code.slice(0, 10)) && mod11and10(code)
}

function pensionInsurance(code: string): boolean {
  const letter = String(code.charCodeAt(8) - 64).padStart(2, '0')
  const digits = code.slice(0, 8) + letter + code.slice(9, 11)
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]
  const sum = [...digits].reduce((total, digit, index) => {
    const product = Number(digit) * (weights[index] ?? 0)
    return total + Math.floor(product / 10) + (product % 10)
  }, 0)
  const day = Number(code.slice(2, 4))
  const month = Number(code.slice(4, 6))
  return day >= 1 && day <= 81 && month >= 1 && month <= 12 && sum % 10 === Number(code.at(-1))
}

function nhs(code: string): boolean {
  const check = 11 - weighted(code.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2], 11)
  return check !== 10 && check % 11 === Number(code.at(-1))
}

function nir(code: string): boolean {
  const month = Number(code.slice(3, 5))
  const digits = code.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return (month <= 12 || month >= 20) && 97 - remainder(digits, 97) === Number(code.slice(13))
}

function dni(code: string): boolean {
  const digits = code.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2')
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === code.at(-1)
}

/** Values of letters at odd places, by the decree of 23 December 1976; a digit counts as the letter of its value. */
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function codiceFiscale(code: string): boolean {
  const sum = [...code.slice(0, 15)].reduce((total, each, index) => {
    const value = /\d/.test(each) ? Number(each) : each.charCodeAt(0) - 65
    return total + (index % 2 === 0 ? (oddValues[value] ?? 0) : value)
  }, 0)
  return String.fromCharCode(65 + (sum % 26)) === code.at(-1)
}

function austrian(code: string): boolean {
  const day = Number(code.slice(4, 6))
  const month = Number(code.slice(6, 8))
  const check = weighted(code.slice(0, 3) + code.slice(4), [3, 7, 9, 5, 8, 4, 2, 1, 6], 11)
  return day >= 1 && day <= 31 && month >= 1 && month <= 15 && check === Number(code[3])
}

function belgian(code: string): boolean {
  const check = Number(code.slice(9))
  return [code.slice(0, 9), `2${code.slice(0, 9)}`].some((digits) => 97 - remainder(digits, 97) === check)
}
