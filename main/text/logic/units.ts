// Units that numbers are counted in, under one name each, English and German.

const spellings: Readonly<Record<string, string>> = {
  percent: '% percent prozent',
  euro: '€ eur euro euros',
  pound: '£ gbp pound pounds pfund',
  dollar: '$ usd dollar dollars',
  franc: 'chf franken franc francs',
  cent: 'cent cents pence',
  minute: 'min minute minutes minuten',
  hour: 'h hour hours stunde stunden',
  day: 'day days tag tage tagen',
  night: 'night nights nacht nächte nächten',
  week: 'week weeks woche wochen',
  month: 'month months monat monate monaten',
  year: 'year years jahr jahre jahren',
  millimetre: 'mm millimetre millimetres millimeter millimeters millimetern',
  centimetre: 'cm centimetre centimetres zentimeter zentimetern',
  metre: 'm metre metres meter meters metern',
  kilometre: 'km kilometre kilometres kilometer kilometers kilometern',
  mile: 'mile miles meile meilen',
  'square metre': 'm² sqm quadratmeter quadratmetern',
  gram: 'g gram grams gramm',
  kilogram: 'kg kilo kilos kilogram kilograms kilogramm',
  tonne: 't ton tons tonne tonnes tonnen',
  litre: 'l litre litres liter liters litern',
  degree: '° degree degrees grad',
}
const names: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)),
)
const magnitudes: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['tausend', 1e3],
  ['k', 1e3],
  ...['million', 'millions', 'millionen', 'mio', 'm'].map((word) => [word, 1e6] as const),
  ...['billion', 'billions', 'milliarde', 'milliarden', 'mrd', 'bn'].map((word) => [word, 1e9] as const),
])

/** The unit a lower-case word or sign names, or null. */
export function unitNamed(word: string): string | null {
  return names.get(word) ?? null
}

/** What a word after a number multiplies it by, or null; `m` only counts after a currency sign. */
export function magnitudeNamed(word: string, currency: boolean): number | null {
  if (word === 'm' && !currency) return null
  return magnitudes.get(word) ?? null
}

/** The unit that begins at the first of these lower-case words: `square metres`, `working days`, `per cent`, `days`. */
export function unitAt(words: readonly string[]): string | null {
  const [first = '', second = ''] = words
  if (first === 'square' && unitNamed(second) === 'metre') return 'square metre'
  if (first === 'per' && second === 'cent') return 'percent'
  if (/^(?:working|calendar|business|full|more|volle|vollen)$/.test(first)) return unitNamed(second)
  return unitNamed(first)
}
