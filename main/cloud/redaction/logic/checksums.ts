// Check digits: each function says whether a number, digits only unless said otherwise, carries the right one.

/** Luhn (ISO/IEC 7812-1, annex B), from the right: cards, Swedish personal numbers. */
export function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** ISO/IEC 7064 mod 97-10 over letters and digits as IBAN orders them (ISO 13616); upper case, no spaces. */
export function mod97(iban: string): boolean {
  const turned = iban.slice(4) + iban.slice(0, 4)
  return (
    [...turned].reduce((rest, letter) => {
      const value = parseInt(letter, 36)
      return (rest * (value > 9 ? 100 : 10) + value) % 97
    }, 0) === 1
  )
}

/** ISO/IEC 7064 mod 11,10: the German tax number. */
export function mod11and10(digits: string): boolean {
  const product = [...digits.slice(0, -1)].reduce((held, digit) => {
    const sum = (Number(digit) + held) % 10
    return ((sum === 0 ? 10 : sum) * 2) % 11
  }, 10)
  return (11 - product) % 10 === Number(digits.at(-1))
}

/** Sum of digits by weights, modulo; the weights repeat. */
export function weighted(digits: string, weights: readonly number[], modulus: number): number {
  return (
    [...digits].reduce((sum, digit, index) => sum + Number(digit) * (weights[index % weights.length] ?? 0), 0) % modulus
  )
}

/** EAN-13: the Swiss AHV number. */
export function ean13(digits: string): boolean {
  return weighted(digits, [1, 3], 10) === 0
}

/** ICAO 9303 weights 7-3-1 over letters (A = 10) and digits; the last is the check digit. Passports, German ID cards. */
export function weights731(code: string): boolean {
  const sum = [...code.slice(0, -1)].reduce(
    (total, each, index) => total + parseInt(each, 36) * ([7, 3, 1][index % 3] ?? 0),
    0,
  )
  return sum % 10 === Number(code.at(-1))
}

/** The rest of a number too long for a double. */
export function remainder(digits: string, modulus: number): number {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % modulus, 0)
}
