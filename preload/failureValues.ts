// A failure's details as its sentence shows them: sizes with units, numbers grouped, lists joined.
import type { Failure } from '#contract/failures.ts'
import type { Language } from '#contract/language.ts'

const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the largest unit that keeps the number at least 1: "0 bytes", "14.8 MB". */
export function bytesInWords(bytes: number, language: Language): string {
  const step = bytes < 1 ? 0 : Math.min(sizeUnits.length - 1, Math.floor(Math.log10(bytes) / 3))
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: sizeUnits[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step)
}

/** The values for the placeholders of `failures.<code>.message` and `.nextStep`. */
export function failureValues(failure: Failure, language: Language): Readonly<Record<string, string>> {
  return valuesInWords(failure.details, language)
}

/** Values as sentences show them: names that end in `bytes` are sizes, in `milliseconds` times, numbers are grouped, lists joined; ids stay. */
export function valuesInWords(
  values: Readonly<Record<string, unknown>>,
  language: Language,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inWords(name, value, language)]))
}

/** Numbers that name something instead of counting it. */
const names = new Set(['pid', 'seq', 'id', 'expected', 'found'])

function inWords(name: string, value: unknown, language: Language): string {
  if (Array.isArray(value)) return value.map(String).join('; ')
  if (typeof value !== 'number' || names.has(name)) return String(value)
  if (/bytes$/i.test(name)) return bytesInWords(value, language)
  return /milliseconds$/i.test(name) ? secondsInWords(value, language) : new Intl.NumberFormat(language).format(value)
}

function secondsInWords(milliseconds: number, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: 'unit', unit: 'second', maximumFractionDigits: 1 })
  return format.format(milliseconds / 1000)
}
