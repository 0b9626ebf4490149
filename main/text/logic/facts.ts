// The parts of a statement that must not change: numbers, names, negation.
import { stopWords } from './stopWords.ts'
import { comparableNumber, wordsOf } from './words.ts'

/** Numbers and names as `wordsOf` writes them; `negations` counts negating words. */
export type Facts = {
  readonly numbers: readonly string[]
  readonly names: readonly string[]
  readonly negations: number
}

const negating = new Set(
  'not no never none nobody nothing neither nor without cannot nicht kein keine keinen keinem keiner nie niemals niemand nichts weder ohne'.split(
    ' ',
  ),
)
const spelled = new Map(
  Object.entries({
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
    ten: '10',
    eleven: '11',
    twelve: '12',
    zwei: '2',
    drei: '3',
    vier: '4',
    fünf: '5',
    sechs: '6',
    sieben: '7',
    acht: '8',
    neun: '9',
    zehn: '10',
    elf: '11',
    zwölf: '12',
  }),
)
const capitalised = /(?<=[\p{L}\p{N},;:)"”’–-]\s+["'“„(]?)\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}+)*/gu

/** Reads a statement's facts. Names are capitalised words inside a sentence, and words in capitals anywhere. */
export function factsOf(text: string): Facts {
  const plain = text.normalize('NFKC')
  const numbers = [...plain.matchAll(/\p{N}+(?:[.,’']\p{N}+)*/gu)].map(([digits]) => comparableNumber(digits))
  const words = wordsOf(plain)
  const names = [...plain.matchAll(capitalised), ...plain.matchAll(/(?<![\p{L}\p{N}])\p{Lu}{2,}(?![\p{L}\p{N}])/gu)]
    .flatMap(([name]) => wordsOf(name))
    .filter((name) => !stopWords.has(name) && name.length > 1)
  return {
    numbers: [...numbers, ...words.flatMap((word) => spelled.get(word) ?? [])],
    names: [...new Set(names)],
    negations: words.filter((word) => negating.has(word)).length,
  }
}

/** True for texts that write ordinary nouns with a capital (German): there a capital does not make a name. */
export function capitalisesNouns(texts: readonly string[]): boolean {
  let capital = 0
  let words = 0
  for (const text of texts.slice(0, 200)) {
    capital += text.match(capitalised)?.length ?? 0
    words += text.match(/\p{L}+/gu)?.length ?? 0
  }
  return words > 0 && capital / words > 0.2
}
