// Numbers in a text with what they count: digits in any usual form, words, magnitudes, currencies and units.
import { numberInWords } from './numberWords.ts'
import { magnitudeNamed, unitAt, unitNamed } from './units.ts'

/** One number. `unit` null: none we know. `about`: said to be rounded. `start` is its offset in the text. */
export type Quantity = {
  readonly value: number
  readonly unit: string | null
  readonly about: boolean
  readonly said: string
  readonly start: number
}

const digits = /^\p{N}+(?:[.,’' \u202f](?=\p{N}{3}(?!\p{N}))\p{N}{3})*(?:[.,]\p{N}+)?/u
const word = /^[\p{L}\p{M}]+(?:-[\p{L}\p{M}]+)*|^[%€£$°²]/u
const rounding =
  /(?:about|around|nearly|roughly|almost|approximately|some|over|more than|less than|under|rund|etwa|knapp|fast|über|mehr als|weniger als|unter|circa|ca\.|gut)\s*(?:[€£$]\s*)?$/iu

/** Every quantity of a text whose dates were blanked out (`blankDates`), in order. Times of day are `h:mm` in minutes. */
export function quantitiesOf(text: string): Quantity[] {
  const found: Quantity[] = []
  for (let at = 0; at < text.length;) {
    const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')
    const step = startsWord ? (timeAt(text, at) ?? digitsAt(text, at) ?? wordsAt(text, at)) : null
    if (step === null) at += 1
    else {
      if (step.quantity !== null) found.push(step.quantity)
      at += step.length
    }
  }
  return found
}

type Step = { readonly quantity: Quantity | null; readonly length: number }

/** 18:30, 9 am, 16 Uhr, 18.30 Uhr. */
function timeAt(text: string, at: number): Step | null {
  const match = /^(\p{N}{1,2})(?:[:.](\p{N}{2}))?(?:\s?(a\.?m\.?|p\.?m\.?|Uhr|o[’']clock)(?!\p{L}))?(?!\p{N})/u.exec(
    text.slice(at, at + 16),
  )
  if (match === null) return null
  const [said, hours = '', minutes, word_] = match
  const clock = said.includes(':') || word_ !== undefined
  if (!clock || Number(hours) > 24 || Number(minutes ?? 0) > 59) return null
  const late = /^p/i.test(word_ ?? '') && Number(hours) < 12 ? 12 : 0
  const value = (Number(hours) + late) * 60 + Number(minutes ?? 0)
  return { quantity: { value, unit: 'time', about: false, said, start: at }, length: said.length }
}

function digitsAt(text: string, at: number): Step | null {
  const [written = ''] = digits.exec(text.slice(at)) ?? []
  if (written === '') return null
  const value = valueOf(written)
  const sign = /([€£$])\s?$/.exec(text.slice(Math.max(0, at - 2), at))?.[1]
  const code = /(?:^|[^\p{L}])(eur|usd|chf|gbp)\s$/iu.exec(text.slice(Math.max(0, at - 5), at))?.[1]
  const currency = sign ?? code?.toLowerCase()
  const rest = wordsAfter(text, at + written.length)
  return { quantity: quantityOf(text, at, { value, written, rest, currency }), length: written.length }
}

function wordsAt(text: string, at: number): Step | null {
  if (!/\p{L}/u.test(text[at] ?? '')) return null
  const own = word.exec(text.slice(at))?.[0] ?? text[at] ?? ''
  const rest = wordsAfter(text, at)
  const number = numberInWords(rest)
  if (number === null) return { quantity: null, length: own.length }
  const written = saidOf(text, at, number.taken)
  const { value, taken } = number
  const quantity = quantityOf(text, at, { value, written, rest: rest.slice(taken), currency: undefined })
  return { quantity, length: written.length }
}

function quantityOf(
  text: string,
  at: number,
  of: {
    readonly value: number
    readonly written: string
    readonly rest: readonly string[]
    readonly currency: string | undefined
  },
): Quantity {
  const magnitude = magnitudeNamed(of.rest[0] ?? '', of.currency !== undefined)
  const rest = magnitude === null ? of.rest : of.rest.slice(1)
  const unit = of.currency === undefined ? unitAt(rest) : unitNamed(of.currency)
  const said = [of.currency?.length === 1 ? of.currency : '', of.written].join('')
  const value = of.value * (magnitude ?? 1)
  return { value: rounded(value), unit, about: rounding.test(text.slice(Math.max(0, at - 14), at)), said, start: at }
}

function valueOf(written: string): number {
  const plain = written.replace(/[’' \u202f]/g, '')
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','))
  const groups = /^\p{N}{1,3}(?:[.,]\p{N}{3})+$/u.test(plain)
  if (last < 0 || groups) return Number(plain.replace(/[.,]/g, ''))
  return Number(`${plain.slice(0, last).replace(/[.,]/g, '')}.${plain.slice(last + 1)}`)
}

/** The next few words, lower-case; punctuation ends them. */
function wordsAfter(text: string, at: number): string[] {
  const words: string[] = []
  let rest = text.slice(at, at + 60)
  while (words.length < 4) {
    rest = rest.replace(/^[\s-]+/u, '')
    const next = word.exec(rest)?.[0]
    if (next === undefined) break
    words.push(next.toLowerCase())
    rest = rest.slice(next.length).replace(/^\.(?=\s)/, '')
  }
  return words
}

function saidOf(text: string, at: number, taken: number): string {
  const match = new RegExp(`^(?:[\\p{L}\\p{M}-]+\\s*){${taken}}`, 'u').exec(text.slice(at))
  return (match?.[0] ?? '').trim()
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
