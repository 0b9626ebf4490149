// Numbers of lists as they stand on the page.

/** How a number is written; what is not known here is written in digits. */
export type NumberStyle = 'decimal' | 'decimalZero' | 'lowerLetter' | 'upperLetter' | 'lowerRoman' | 'upperRoman'

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
]
/** Beyond this nobody writes letters or Roman numerals. */
const LARGEST = 4999

/** `value` in the style; letters go a…z, aa, bb as word processors have it. */
export function writeNumber(value: number, style: string): string {
  if (!Number.isInteger(value) || value < 1 || value > LARGEST) return String(value)
  switch (style) {
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'lowerLetter':
      return letters(value)
    case 'upperLetter':
      return letters(value).toUpperCase()
    case 'lowerRoman':
      return roman(value)
    case 'upperRoman':
      return roman(value).toUpperCase()
    default:
      return String(value)
  }
}

function letters(value: number): string {
  const letter = String.fromCharCode(97 + ((value - 1) % 26))
  return letter.repeat(Math.min(20, Math.ceil(value / 26)))
}

function roman(value: number): string {
  let left = value
  let written = ''
  for (const [worth, digits] of ROMAN) {
    while (left >= worth) {
      written += digits
      left -= worth
    }
  }
  return written
}
