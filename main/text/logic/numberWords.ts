// Numbers written as words, English and German: `twenty-five`, `two hundred`, `fünfundzwanzig`, `zweihundert`.

const englishUnits =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const englishTens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const germanUnits =
  'null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
    ' ',
  )
const germanTens = 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ')
/** Ordinals that cannot be anything else; `first` and `second` are said of too much. */
const ordinals: ReadonlyMap<string, number> = new Map([
  ...'third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'
    .split(' ')
    .map((word, at) => [word, at + 3] as const),
  ...'dritt viert fünft sechst siebt acht neunt zehnt elft zwölft'
    .split(' ')
    .flatMap((stem, at) => ['e', 'er', 'en', 'es', 'em'].map((ending) => [`${stem}${ending}`, at + 3] as const)),
])
const single: ReadonlyMap<string, number> = new Map([
  ...englishUnits.map((word, at) => [word, at] as const),
  ...englishTens.map((word, at) => [word, (at + 2) * 10] as const),
  ...germanUnits.map((word, at) => [word, at] as const),
  ...germanTens.map((word, at) => [word, (at + 2) * 10] as const),
  ['dreissig', 30],
  ['dozen', 12],
  ['dutzend', 12],
  ['twice', 2],
  ['zweimal', 2],
  ['dreimal', 3],
  ['viermal', 4],
])
/** These are articles as often as numbers, and never counted alone. */
const alone: ReadonlySet<string> = new Set(['one', 'ein', 'zero', 'null'])
const germanCompound = new RegExp(
  `^(?:(${germanUnits.slice(1, 10).join('|')})?hundert)?(?:und)?(?:(${germanUnits.slice(1, 10).join('|')})und)?(${[
    ...germanUnits.slice(1),
    ...germanTens,
  ].join('|')})?$`,
)

/** The number some words begin with, and how many of them it takes; null when they begin with none. Lower-case words. */
export function numberInWords(words: readonly string[]): { readonly value: number; readonly taken: number } | null {
  const first = words[0] ?? ''
  const ordinal = ordinals.get(first)
  if (ordinal !== undefined) return { value: ordinal, taken: 1 }
  const start = single.get(first) ?? hyphenated(first) ?? compound(first)
  if (start === null) return null
  let value = start
  let taken = 1
  const tens = single.get(words[1] ?? '')
  if (value >= 20 && value < 100 && value % 10 === 0 && tens !== undefined && tens > 0 && tens < 10) {
    value += tens
    taken += 1
  }
  if (words[taken] === 'hundred' || words[taken] === 'hundert') {
    value *= 100
    taken += 1
  }
  return taken === 1 && alone.has(first) ? null : { value, taken }
}

function hyphenated(word: string): number | null {
  const [tens, unit, ...more] = word.split('-')
  const [ten, one] = [single.get(tens ?? ''), single.get(unit ?? '')]
  const fits = more.length === 0 && ten !== undefined && one !== undefined && ten >= 20 && one > 0 && one < 10
  return fits ? ten + one : null
}

function compound(word: string): number | null {
  if (word.length < 7 || !/hundert|und/.test(word)) return null
  const found = germanCompound.exec(word)
  if (found === null) return null
  const [, hundreds, unit, rest] = found
  const hundred = word.includes('hundert') ? 100 * (hundreds === undefined ? 1 : (single.get(hundreds) ?? 1)) : 0
  return (
    hundred + (unit === undefined ? 0 : (single.get(unit) ?? 0)) + (rest === undefined ? 0 : (single.get(rest) ?? 0))
  )
}
